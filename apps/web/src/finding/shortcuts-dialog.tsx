import type { ReactNode } from 'react';
import { SHORTCUTS, type Keys, type Shortcut } from '../lib/shortcuts.js';
import { MESSAGE_SHORTCUTS, WORKSPACE_SHORTCUTS } from '../lib/workspace-shortcuts.js';
import { findingTexts } from '../texts/finding/finding-texts.js';
import { texts as pageTexts } from '../texts/texts.js';
import { Dialog } from '../ui/dialog.js';
import { KeyCaps } from './key-caps.js';
import { useOpener } from './use-opener.js';
import styles from './shortcuts-dialog.module.css';

/** Every key there is, from the lists by which they are found when they are pressed. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const texts = findingTexts.shortcuts;
  return (
    <Dialog
      title={texts.title}
      description={texts.lead}
      open
      returnFocus={useOpener()}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <div data-testid="shortcuts">
        <Group title={texts.groups.workspace}>
          <Rows shortcuts={WORKSPACE_SHORTCUTS} names={texts.workspace} />
        </Group>
        <Group title={texts.groups.messages}>
          <Row name={texts.walk} keys={[{ key: 'ArrowUp' }, { key: 'ArrowDown' }]} />
          <Rows shortcuts={MESSAGE_SHORTCUTS} names={texts.message} />
          <Row name={texts.editLast} keys={[{ key: 'ArrowUp' }]} />
          <Row name={texts.newLine} keys={[{ key: findingTexts.keys.enter, shift: true }]} />
        </Group>
        <Group title={texts.groups.call}>
          <Row name={pageTexts.shortcuts.holdToTalk} keys={[{ key: pageTexts.shortcuts.space }]} />
          <Rows shortcuts={SHORTCUTS.filter(({ action }) => action !== 'help')} names={pageTexts.shortcuts} />
        </Group>
      </div>
    </Dialog>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.group}>
      <h3 className={styles.title}>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

/** One row for each action, with all keys that do it. */
function Rows<Action extends string>({
  shortcuts,
  names,
}: {
  shortcuts: readonly Shortcut<Action>[];
  names: Readonly<Record<Action, string>>;
}) {
  return [...new Set(shortcuts.map(({ action }) => action))].map((action) => (
    <Row
      key={action}
      name={names[action]}
      keys={shortcuts.filter((shortcut) => shortcut.action === action)}
    />
  ));
}

function Row({ name, keys }: { name: string; keys: readonly Keys[] }) {
  return (
    <div className={styles.row}>
      <dt>{name}</dt>
      <dd className={styles.keys}>
        {keys.map((one) => (
          <KeyCaps key={JSON.stringify(one)} keys={one} />
        ))}
      </dd>
    </div>
  );
}
