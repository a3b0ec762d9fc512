import type { OwnAccount } from '@parley/contract';
import { Face } from '../people/face.js';
import { useOwnName } from './use-own-name.js';

/** Oneself, as others see one. */
export function OwnFace({ me }: { me: OwnAccount }) {
  return <Face id={me.id} name={useOwnName(me)} />;
}
