/** Time from outside: `now` is monotonic, `wall` counts from 1970; both milliseconds. */
export interface Clock {
  now(): number;
  wall(): number;
}
