export { DependencyDescriptorSelector } from './dependency-descriptor-selector.js';
export { Dynacast } from './dynacast.js';
export {
  compareQualities,
  qualityOfLayer,
  sortLayers,
  sortRids,
  VIDEO_QUALITIES,
  wantedSpatialLayer,
  type VideoLayer,
  type VideoQuality,
  type WantedVideo,
} from './layer-quality.js';
export { ALL_LAYERS, NO_LAYER, Selection } from './selection.js';
export { FrameRates } from './frame-rates.js';
export { LayerReader } from './layer-reader.js';
export { SimulcastSelector } from './simulcast-selector.js';
export { StreamTracker } from './stream-tracker.js';
export { switchedTimestampOffset, type SourceSwitch } from './timestamp-alignment.js';
export { Vp9Selector } from './vp9-selector.js';
