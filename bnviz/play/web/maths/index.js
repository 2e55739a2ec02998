// Everything the page and its tests need of the mathematics, in one object.
import { batchNorm } from "./batch_norm.js";
import { changed, correlationOf, meansOf, standardDeviations, targetMeanOf } from "./data.js";
import { descend, stepsAgainst, stepsTo } from "./descent.js";
import { leastSquares } from "./loss.js";
import { normalizeMatrix } from "./norms.js";
import { OPTIMIZERS } from "./optimizers.js";
import { randomFrom, shuffled } from "./random.js";
import { GRADIENT_NUDGE, NUDGE, SHARES, countOf, quickCount, settle } from "./settling.js";
import { spectrumOf } from "./spectrum.js";
import { readTable } from "./table.js";

export const maths = Object.freeze({
  GRADIENT_NUDGE,
  NUDGE,
  OPTIMIZERS,
  SHARES,
  batchNorm,
  changed,
  correlationOf,
  countOf,
  descend,
  leastSquares,
  meansOf,
  normalizeMatrix,
  quickCount,
  randomFrom,
  readTable,
  settle,
  shuffled,
  spectrumOf,
  standardDeviations,
  stepsAgainst,
  stepsTo,
  targetMeanOf,
});
