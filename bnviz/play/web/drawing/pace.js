// How finely to draw while something moves, so that frames keep up on a slow machine; at rest all is drawn finely.

const SLOW_FRAME = 21; // milliseconds from frame to frame that are too many
const PATIENCE = 3; // slow frames in a row before the next coarser level
const LEVELS = [
  { share: 1, quality: 1 },
  { share: 1, quality: 0.6 },
  { share: 0.66, quality: 0.6 },
  { share: 0.5, quality: 0.5 },
  { share: 0.33, quality: 0.5 },
];
const LEAST_RATIO = 0.75; // canvas pixels for one CSS pixel, unless the screen itself has fewer
const LONGEST_FRAME = 250; // milliseconds: beyond that nothing was drawn in between

// A pace begins at the finest level: { index, slow }. All are plain values: keep the one that comes back.
export const FULL_PACE = Object.freeze({ index: 0, slow: 0 });

// The pace after a frame that came so many milliseconds after the one before, while something moves. A machine that was
// too slow once stays at the coarser level: a picture that goes to and fro between two is worse than either.
export function pacedBy(pace, milliseconds) {
  if (milliseconds > LONGEST_FRAME) return pace;
  const slow = milliseconds > SLOW_FRAME ? pace.slow + 1 : 0;
  if (slow < PATIENCE) return { index: pace.index, slow };
  return { index: Math.min(pace.index + 1, LEVELS.length - 1), slow: 0 };
}

// What to draw with at a pace: { ratio: canvas pixels for one CSS pixel, quality: for the pictures' option }.
export function finenessOf({ index }, pixelRatio) {
  const { share, quality } = LEVELS[index];
  return { ratio: Math.max(pixelRatio * share, Math.min(pixelRatio, LEAST_RATIO)), quality };
}
