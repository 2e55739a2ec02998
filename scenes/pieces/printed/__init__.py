"""What is printed and not filmed: pictures of the lesson for figures made of several."""
