// A descent that runs: how many of its steps are shown, from one step to all of them. Knows no pictures.

const DOUBLED = 0.8; // seconds that a run takes longer if it has twice as many steps
const FEW = 14; // steps that are taken at one pace; of more the first ones are slow and the others ever quicker

export class Running {
  // tick() is called whenever another number of steps is to be shown.
  constructor(tick) {
    this.tick = tick;
    this.shown = Infinity; // steps
    this.isOn = false;
  }

  // From where it stands to `steps`: the first ones one by one, then ever more at a time.
  run(steps) {
    const from = this.shown >= steps ? 0 : this.shown;
    const seconds = DOUBLED * Math.log2(1 + steps);
    const timeOf = (step) => (steps <= FEW ? step / steps : Math.log1p(step) / Math.log1p(steps));
    const stepAt = (share) => (steps <= FEW ? share * steps : Math.expm1(share * Math.log1p(steps)));
    const begun = performance.now() - 1000 * seconds * timeOf(from);
    this.isOn = true;
    this.shown = from;
    const frame = (now) => {
      if (!this.isOn) return;
      const share = Math.min(Math.max(now - begun, 0) / (1000 * seconds || 1), 1);
      this.shown = share < 1 ? stepAt(share) : Infinity;
      this.isOn = share < 1;
      this.tick();
      if (this.isOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    this.tick();
  }

  step(steps) {
    this.isOn = false;
    const here = this.shown >= steps ? 0 : Math.floor(this.shown + 1e-9);
    this.shown = here + 1 >= steps ? Infinity : here + 1;
    this.tick();
  }

  pause() {
    this.isOn = false;
    this.tick();
  }

  // To the start, or to the end.
  show(steps) {
    this.isOn = false;
    this.shown = steps;
  }

  // The number of steps to be shown of a way with so many.
  of(steps) {
    return Math.min(this.shown, steps);
  }
}
