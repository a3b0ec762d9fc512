/** Which view the stage shows. A shared screen brings the speaker view and, when it ends, the earlier view back. */

export type View = 'grid' | 'speaker';

export interface StageView {
  view: View;
  /** The view to return to when the last shared screen ends. */
  before: View | undefined;
  /** The tile a person asked to keep large. */
  pinned: string | undefined;
}

export type StageAction =
  | { type: 'toggle-view' }
  | { type: 'screens'; count: number }
  | { type: 'pin'; key: string }
  | { type: 'tiles'; keys: readonly string[] };

export const INITIAL_STAGE: StageView = { view: 'grid', before: undefined, pinned: undefined };

export function stageReducer(state: StageView, action: StageAction): StageView {
  switch (action.type) {
    case 'toggle-view': {
      const view = state.view === 'grid' ? 'speaker' : 'grid';
      return { view, before: undefined, pinned: view === 'grid' ? undefined : state.pinned };
    }
    case 'screens':
      if (action.count > 0 && state.view === 'grid' && state.before === undefined) {
        return { ...state, view: 'speaker', before: 'grid' };
      }
      if (action.count === 0 && state.before !== undefined) {
        return { ...state, view: state.pinned === undefined ? state.before : state.view, before: undefined };
      }
      return state;
    case 'pin':
      return state.pinned === action.key
        ? { ...state, pinned: undefined }
        : { ...state, pinned: action.key, view: 'speaker' };
    case 'tiles':
      return state.pinned !== undefined && !action.keys.includes(state.pinned)
        ? { ...state, pinned: undefined }
        : state;
  }
}
