import type { ComponentProps } from 'react';
import styles from './button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'secondary' | 'danger' | 'ghost';
  size?: 'medium' | 'large';
}

/** A button with words on it. */
export function Button({ look = 'secondary', size = 'medium', className, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      data-look={look}
      data-size={size}
      className={[styles.button, className].filter(Boolean).join(' ')}
    />
  );
}
