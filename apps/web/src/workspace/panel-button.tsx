import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChannelSearch } from '../lib/channel-search.js';
import { IconButton } from '../ui/icon-button.js';

export interface PanelButtonProps {
  /** The panel that it opens. */
  panel: string;
  label: string;
  icon: ReactNode;
}

/** Opens a panel beside the channel, and closes it. */
export function PanelButton({ panel, label, icon }: PanelButtonProps) {
  const search: ChannelSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const isOpen = search.panel === panel;
  return (
    <IconButton
      label={label}
      icon={icon}
      look={isOpen ? 'active' : 'plain'}
      aria-pressed={isOpen}
      onClick={() => void navigate({ to: '.', search: isOpen ? {} : { panel } })}
    />
  );
}
