import { useEffect, useState } from 'react';
import { texts } from '../texts/texts.js';
import type { SelectOption } from '../ui/select.js';

/**
 * The devices of a kind, kept current while they are plugged in and out. Before the person has allowed access
 * browsers hide the devices' names; change `revision` once that has happened to read them again.
 */
export function useDevices(kind: MediaDeviceKind, revision: unknown): SelectOption[] {
  const [devices, setDevices] = useState<SelectOption[]>([]);

  useEffect(() => {
    // Absent on pages that are neither served over HTTPS nor from localhost.
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (media === undefined) return;
    let current = true;
    const read = async () => {
      const found = await media.enumerateDevices();
      if (current) setDevices(toOptions(found.filter((device) => device.kind === kind)));
    };
    const refresh = () => void read().catch(() => undefined);
    refresh();
    media.addEventListener('devicechange', refresh);
    return () => {
      current = false;
      media.removeEventListener('devicechange', refresh);
    };
  }, [kind, revision]);

  return devices;
}

/** The chosen device if it is connected, else the one the browser would take. */
export function presentDevice(devices: readonly SelectOption[], chosen: string): string {
  if (devices.some((device) => device.value === chosen)) return chosen;
  return devices.find((device) => device.value === 'default')?.value ?? devices[0]?.value ?? '';
}

function toOptions(devices: readonly MediaDeviceInfo[]): SelectOption[] {
  return devices
    .filter((device) => device.deviceId !== '')
    .map((device, index) => ({
      value: device.deviceId,
      label: device.label || texts.media.device(index + 1),
    }));
}
