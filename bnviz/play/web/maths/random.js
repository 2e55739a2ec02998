// Random numbers that come again with their seed: shuffles of rows that a link can name.

// The generator is sfc32 (Doty-Humphrey, PractRand): 128 bits of state, of which 32 count so that no period is
// short. A seed, any number, is spread over the state before the first number is given.
export function randomFrom(seed) {
  const spread = spreadFrom(seed);
  let a = spread();
  let b = spread();
  let c = spread();
  let counter = 1;
  function next() {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
  for (let i = 0; i < 12; i++) next();
  // 53 bits, all that a float holds: from 0 to below 1.
  return () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
}

// 0 to count - 1 in an order drawn by `random`, every order being as likely (Fisher and Yates 1938).
export function shuffled(count, random) {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const drawn = Math.floor(random() * (last + 1));
    const kept = order[last];
    order[last] = order[drawn];
    order[drawn] = kept;
  }
  return order;
}

// splitmix32: numbers of 32 bits that differ in half of their bits even for seeds side by side.
function spreadFrom(seed) {
  let state = (Math.floor(seed) ^ Math.floor(seed / 4294967296)) | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
