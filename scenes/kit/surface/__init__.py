"""Loss surfaces and what lies on them: viewpoint, window, floor, contours, ball, lens."""
