import { Check, ChevronUp } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { canChooseSpeaker } from '../media/speaker-test.js';
import { presentDevice, useDevices } from '../media/use-devices.js';
import { texts } from '../texts/texts.js';
import menu from '../ui/menu.module.css';
import { usePortalContainer } from '../ui/portal-container.js';
import { usePreferences } from '../ui/use-preferences.js';
import styles from './device-menu.module.css';

export interface DeviceMenuProps {
  kinds: readonly MediaDeviceKind[];
  label: string;
}

const TITLES = { audioinput: 'microphone', audiooutput: 'speaker', videoinput: 'camera' } as const;
const KEYS = { audioinput: 'microphoneId', audiooutput: 'speakerId', videoinput: 'cameraId' } as const;

/** The small arrow beside a button, with the devices to choose from. */
export function DeviceMenu({ kinds, label }: DeviceMenuProps) {
  const [open, setOpen] = useState(false);
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger className={styles.trigger} aria-label={label}>
        <ChevronUp size={16} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={usePortalContainer()}>
        <DropdownMenu.Content className={menu.content} side="top" sideOffset={14} collisionPadding={12}>
          {kinds.map((kind) => (
            <DeviceGroup key={kind} kind={kind} revision={open} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function DeviceGroup({ kind, revision }: { kind: MediaDeviceKind; revision: unknown }) {
  const { preferences, update } = usePreferences();
  const devices = useDevices(kind, revision);
  if (kind === 'audiooutput' && !canChooseSpeaker()) return null;
  const key = KEYS[kind];
  return (
    <DropdownMenu.Group>
      <DropdownMenu.Label className={menu.label}>{texts.media[TITLES[kind]]}</DropdownMenu.Label>
      {devices.length === 0 && (
        <DropdownMenu.Item className={menu.item} disabled>
          {texts.media.noneFound}
        </DropdownMenu.Item>
      )}
      <DropdownMenu.RadioGroup
        value={presentDevice(devices, preferences[key])}
        onValueChange={(id) => update({ [key]: id })}
      >
        {devices.map((device) => (
          <DropdownMenu.RadioItem key={device.value} value={device.value} className={menu.item}>
            <span className={menu.text}>{device.label}</span>
            <DropdownMenu.ItemIndicator className={menu.end}>
              <Check size={16} />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </DropdownMenu.Group>
  );
}
