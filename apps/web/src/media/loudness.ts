/** Listens to a track without playing it. */
export class Loudness {
  readonly #context = new AudioContext();
  readonly #analyser = new AnalyserNode(this.#context, { fftSize: 1024 });
  readonly #samples = new Float32Array(this.#analyser.fftSize);
  readonly #track: MediaStreamTrack;

  /** The track may be muted or stop: what is heard is a copy of it. */
  constructor(track: MediaStreamTrack) {
    this.#track = track.clone();
    this.#track.enabled = true;
    this.#context.createMediaStreamSource(new MediaStream([this.#track])).connect(this.#analyser);
  }

  /** Root mean square of what was heard last: 0 is silence, 1 full scale. */
  get level(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return Math.sqrt(sum / this.#samples.length);
  }

  close(): void {
    this.#track.stop();
    void this.#context.close();
  }
}
