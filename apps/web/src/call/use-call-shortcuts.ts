import { useStore } from '../lib/use-store.js';
import { canShareScreen } from '../media/can-share-screen.js';
import { texts } from '../texts/texts.js';
import { useNotices } from '../ui/use-notices.js';
import { usePreferences } from '../ui/use-preferences.js';
import { useCall } from './use-call.js';
import { usePushToTalk } from './use-push-to-talk.js';
import { useShortcuts } from './use-shortcuts.js';

/** The keys of a call, and what they do. */
export function useCallShortcuts(): void {
  const { session, ui } = useCall();
  const { preferences } = usePreferences();
  const isDialogOpen = useStore(ui.dialog) !== undefined;
  const toggleView = useToggleView();
  const areOn = preferences.shortcutsOn && !isDialogOpen;
  usePushToTalk(areOn);
  useShortcuts(areOn, {
    microphone: () => session.media.toggle('microphone'),
    deafen: () => session.toggleDeafened(),
    camera: () => session.media.toggle('camera'),
    screen: () => {
      if (canShareScreen()) session.media.toggle('screen');
    },
    hand: () => session.toggleHand(),
    reactions: () => ui.reactionsOpen.set(!ui.reactionsOpen.get()),
    chat: () => ui.togglePanel('chat'),
    people: () => ui.togglePanel('people'),
    view: toggleView,
    leave: () => session.leave(),
    help: () => ui.dialog.set('shortcuts'),
  });
}

/** Goes from the grid to the speaker view or back, and says so. */
export function useToggleView(): () => void {
  const { ui } = useCall();
  const { announce } = useNotices();
  return () => {
    const isGrid = ui.stage.get().view === 'grid';
    ui.dispatchStage({ type: 'toggle-view' });
    announce(isGrid ? texts.call.speakerView : texts.call.gridView);
  };
}
