import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { usePortalContainer } from './portal-container.js';
import styles from './select.module.css';

export interface SelectOption {
  value: string;
  label: string;
}

export interface SelectProps {
  label: string;
  icon: ReactNode;
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  /** Shown when there is nothing to choose. */
  placeholder: string;
  testId?: string;
}

/** A list to choose one thing from. */
export function Select({
  label,
  icon,
  options,
  value,
  onChange,
  disabled,
  placeholder,
  testId,
}: SelectProps) {
  return (
    <Primitive.Root
      value={value}
      onValueChange={onChange}
      disabled={disabled === true || options.length === 0}
    >
      <Primitive.Trigger className={styles.trigger} aria-label={label} data-testid={testId}>
        <span className={styles.icon}>{icon}</span>
        <span className={styles.value}>
          <Primitive.Value placeholder={placeholder} />
        </span>
        <Primitive.Icon className={styles.icon}>
          <ChevronDown size={16} />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal container={usePortalContainer()}>
        <Primitive.Content className={styles.content} position="popper" sideOffset={6} collisionPadding={12}>
          <Primitive.Viewport className={styles.viewport}>
            {options.map((option) => (
              <Primitive.Item key={option.value} value={option.value} className={styles.item}>
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                <Primitive.ItemIndicator className={styles.check}>
                  <Check size={16} />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
