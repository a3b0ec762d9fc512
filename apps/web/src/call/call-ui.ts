import { Store } from '../lib/store.js';
import { INITIAL_STAGE, stageReducer, type StageAction, type StageView } from '../stage/stage-view.js';

export type PanelName = 'chat' | 'people';
export type CallDialog = 'settings' | 'shortcuts';

/** What of a call is open and how it is shown. It outlives the call's page, which may be left and come back to. */
export class CallUi {
  readonly panel = new Store<PanelName | undefined>(undefined);
  readonly dialog = new Store<CallDialog | undefined>(undefined);
  readonly reactionsOpen = new Store(false);
  /** Whether the list of channels shows the call that is on, with what one needs of it at once. */
  readonly inPanel = new Store(false);
  /** Whether the page of a conversation shows what is written there instead of its call. */
  readonly messagesShown = new Store(false);
  readonly stage = new Store<StageView>(INITIAL_STAGE);

  /** What is half-written stays when the panel is closed. */
  readonly draft = new Store('');

  togglePanel(name: PanelName): void {
    this.panel.set(this.panel.get() === name ? undefined : name);
  }

  readonly dispatchStage = (action: StageAction): void => {
    this.stage.set(stageReducer(this.stage.get(), action));
  };

  reset(): void {
    this.panel.set(undefined);
    this.dialog.set(undefined);
    this.reactionsOpen.set(false);
    this.messagesShown.set(false);
    this.stage.set(INITIAL_STAGE);
    this.draft.set('');
  }
}
