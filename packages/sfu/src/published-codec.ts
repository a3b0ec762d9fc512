import { isSameMimeType, MimeType } from '@parley/rtp';
import { PACKET_OVERHEAD, type ReceiveStream, type PacketSink, type RtpReceiver } from '@parley/transport';
import { RX, RX_WORDS, RxKind } from '@parley/wire';
import type { Forwarder, Layering } from './forwarder.js';
import { sortLayers, sortRids, type VideoLayer } from './layers/layer-quality.js';
import { FrameRates } from './layers/frame-rates.js';
import { LayerReader } from './layers/layer-reader.js';
import { NO_LAYER } from './layers/selection.js';
import { StreamTracker } from './layers/stream-tracker.js';
import { SourcePacket } from './source-packet.js';
import type { Tap } from './tap/tap.js';
import type { TrackKind } from './types.js';

/** Codecs whose streams may have spatial layers in them. */
const SVC_CODECS = [MimeType.VP9, MimeType.AV1];

/** In a sequence word. */
const MARKER = 0x80_0000;

/** One packet is looked at at a time. */
const packet = new SourcePacket();

/** A codec that a publication is sent in: its streams, and the forwarders of the subscribers that get it. */
export class PublishedCodec {
  readonly kind: TrackKind;
  /** From the lowest up; empty where the publisher does not tell. */
  readonly layers: readonly VideoLayer[];
  readonly #tracker = new StreamTracker();
  readonly #frameRates = new FrameRates();
  #mimeType: string;
  #layering: Layering;
  #receiver: RtpReceiver | undefined;
  /** By layer. */
  #streams: (ReceiveStream | undefined)[] = [];
  /** Of the lowest stream. */
  #reader: LayerReader | undefined;
  #forwarders: readonly Forwarder[] = [];
  #taps: readonly Tap[] = [];
  #layerBitrates: readonly number[] = [0];
  #peakBitrates: readonly number[] = [0];

  /** Made by `Publication`. */
  constructor(kind: TrackKind, mimeType: string, layers: readonly VideoLayer[]) {
    this.kind = kind;
    this.#mimeType = mimeType;
    this.layers = sortLayers(layers);
    this.#layering = layeringOf(mimeType, undefined);
  }

  /** As negotiated; before that, as announced. */
  get mimeType(): string {
    return this.#mimeType;
  }

  get receiver(): RtpReceiver | undefined {
    return this.#receiver;
  }

  /** How its spatial layers come; before it is negotiated, how they may. */
  get layering(): Layering {
    return this.#layering;
  }

  /** The streams that are received, one for each layer. */
  get streams(): ReceiveStream[] {
    return this.#streams.filter((stream) => stream !== undefined);
  }

  /** What each layer takes on a path, packets' headers and all, in bit/s, from the lowest to the highest of which it is known. */
  get layerBitrates(): readonly number[] {
    return this.#layerBitrates;
  }

  /** The same at their highest in the last seconds. */
  get peakBitrates(): readonly number[] {
    return this.#peakBitrates;
  }

  /** Whether the publisher sends any of its layers. */
  get isLive(): boolean {
    return this.#tracker.liveLayers !== 0;
  }

  get forwarders(): readonly Forwarder[] {
    return this.#forwarders;
  }

  /** Its media section is negotiated, or negotiated anew. */
  attach(receiver: RtpReceiver, sink: PacketSink): void {
    this.detach();
    this.#receiver = receiver;
    this.#mimeType = receiver.parameters.codecs[0]?.mimeType ?? this.#mimeType;
    this.#layering = layeringOf(this.#mimeType, receiver);
    receiver.addSink(sink);
    for (const tap of this.#taps) receiver.addSink(tap);
  }

  /** It is not sent any more. */
  detach(): void {
    this.#receiver?.close();
    this.#receiver = undefined;
    this.#streams = [];
  }

  addStream(stream: ReceiveStream): void {
    const rids = sortRids(stream.receiver.parameters.rids);
    const layer = Math.max(0, rids.indexOf(stream.rid));
    this.#streams[layer] = stream;
    if (layer === 0 && this.kind === 'video') this.#reader = new LayerReader(this.#mimeType);
  }

  /** Which layer a stream is; -1 where it is none of this codec's. */
  layerOf(stream: ReceiveStream): number {
    return this.#streams.indexOf(stream);
  }

  /** Gives it the packets from now on, also of receivers that come later. */
  addTap(tap: Tap): void {
    this.#taps = [...this.#taps, tap];
    this.#receiver?.addSink(tap);
    this.#passLiveLayersOn();
  }

  removeTap(tap: Tap): void {
    this.#taps = this.#taps.filter((other) => other !== tap);
    this.#receiver?.removeSink(tap);
  }

  setForwarders(forwarders: readonly Forwarder[]): void {
    this.#forwarders = forwarders;
    this.#passLiveLayersOn();
  }

  /** Nothing is sent for a while: all begin anew after it. */
  pause(): void {
    for (const forwarder of this.#forwarders) forwarder.pause();
    // What was shown before is nobody's business after it.
    for (const stream of this.#streams) stream?.history?.forgetKeyFrame();
    this.#tracker.reset();
    this.#frameRates.reset();
  }

  /** For `Publication` only: the subscriber that this forwards to, if any, cannot decode what it gets. */
  requestKeyFrame(layer: number, forwarder?: Forwarder): void {
    forwarder?.awaitKeyFrame(this.#streams, true);
    this.#streams[Math.min(layer, this.#streams.length - 1)]?.requestKeyFrame();
  }

  /** Asks for the key frames that forwarders and taps need to get to the layers that they should be at. */
  requestKeyFrames(): void {
    for (const forwarder of this.#forwarders)
      if (this.#requestNeeded(forwarder.keyFrameNeeded)) forwarder.awaitKeyFrame(this.#streams, false);
    for (const tap of this.#taps) this.#requestNeeded(tap.keyFrameNeeded);
  }

  /** Returns whether a key frame is needed. */
  #requestNeeded(layer: number): boolean {
    if (layer === NO_LAYER) return false;
    this.requestKeyFrame(layer);
    return true;
  }

  /** Remembers which layers come. */
  track(
    layer: number,
    stream: ReceiveStream,
    rx: Uint32Array,
    first: number,
    last: number,
    now: number,
  ): void {
    const isSvc = this.#layering === 'svc';
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      const bytes = rx[at + RX.PAYLOAD]! >>> 16;
      // One that is all padding is no sign of life.
      if (bytes === 0 || rx[at + RX.KIND] !== RxKind.RTP) continue;
      const endsPicture = layer === 0 && (rx[at + RX.SEQUENCE]! & MARKER) !== 0;
      let spatialLayer = layer;
      if ((isSvc || endsPicture) && this.#reader) {
        packet.readReceived(stream, rx, at);
        if (!this.#reader.read(packet)) continue;
        if (isSvc) spatialLayer = this.#reader.spatialLayer;
        if (endsPicture) this.#frameRates.observe(this.#reader.temporalLayer, now);
      }
      this.#tracker.observe(spatialLayer, bytes + PACKET_OVERHEAD, now);
    }
  }

  /** The temporal layer up to which there are so many pictures a second; all where that is not known. */
  temporalLayerFor(fps: number): number {
    return this.#frameRates.layerFor(fps);
  }

  /** Returns whether `temporalLayerFor` may tell something else than before. */
  updateFrameRates(now: number): boolean {
    return this.#frameRates.update(now);
  }

  /** Notices layers that the publisher began or ceased to send. */
  updateLiveLayers(now: number): void {
    if (this.#tracker.update(now)) this.#passLiveLayersOn();
    this.#measure();
  }

  /** Once for all subscribers, who are many. */
  #measure(): void {
    this.#layerBitrates = this.#ascending((layer) => this.#tracker.sustainedBitrate(layer));
    this.#peakBitrates = this.#ascending((layer) => this.#tracker.peakBitrate(layer));
  }

  #ascending(bitrateOf: (layer: number) => number): number[] {
    let count = Math.max(1, 32 - Math.clz32(this.#tracker.liveLayers));
    while (count > 1 && bitrateOf(count - 1) === 0) count -= 1;
    const isSvc = this.#layering === 'svc';
    let bitrate = 0;
    return Array.from({ length: count }, (_, layer) => {
      const own = bitrateOf(layer);
      // Layers within a stream come on top of those below.
      bitrate = isSvc ? bitrate + own : Math.max(bitrate, own);
      return bitrate;
    });
  }

  #passLiveLayersOn(): void {
    const { liveLayers } = this.#tracker;
    for (const forwarder of this.#forwarders) forwarder.setLiveLayers(liveLayers);
    for (const tap of this.#taps) tap.setLiveLayers(liveLayers);
  }
}

function layeringOf(mimeType: string, receiver: RtpReceiver | undefined): Layering {
  const streams = receiver?.parameters.rids.length;
  if (streams !== undefined && streams > 1) return 'simulcast';
  if (SVC_CODECS.some((codec) => isSameMimeType(codec, mimeType))) return 'svc';
  return streams === undefined ? 'simulcast' : 'single';
}
