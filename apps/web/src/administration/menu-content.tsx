import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import menu from '../ui/menu.module.css';

/** The list of a menu. */
export function MenuContent({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content className={menu.content} align="start" sideOffset={6} collisionPadding={8}>
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  );
}

export interface MenuItemProps {
  icon: ReactNode;
  onSelect: () => void;
  children: ReactNode;
  disabled?: boolean;
  look?: 'danger';
}

export function MenuItem({ icon, onSelect, children, disabled = false, look }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={menu.item} disabled={disabled} data-look={look} onSelect={onSelect}>
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}
