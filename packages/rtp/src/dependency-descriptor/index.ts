export { MAX_MASK_GROWTH, writeActiveDecodeTargets } from './active-decode-targets.js';
export type { DependencyDescriptor } from './dependency-descriptor.js';
export { DependencyDescriptorParser } from './dependency-descriptor-parser.js';
export {
  DecodeTargetIndication,
  decodeTargetsUpTo,
  type FrameDependencyStructure,
  type FrameTemplate,
  type RenderResolution,
} from './frame-dependency-structure.js';
