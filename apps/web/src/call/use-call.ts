import { createContext, useContext } from 'react';
import { useStore } from '../lib/use-store.js';
import type { CallPhase, CallSession } from './call-session.js';
import type { CallUi } from './call-ui.js';
import type { OtherTabs } from './other-tabs.js';

export interface CallContext {
  session: CallSession;
  ui: CallUi;
  tabs: OtherTabs;
}

export const CallContext = createContext<CallContext | undefined>(undefined);

export function useCall(): CallContext {
  const context = useContext(CallContext);
  if (context === undefined) throw new Error('useCall needs a CallContext above it.');
  return context;
}

export function useCallPhase(): CallPhase {
  return useStore(useCall().session.phase);
}
