import type { Role } from '@parley/contract';
import { roleColour } from './role-colour.js';
import styles from './settings.module.css';

/** A role's name with its colour. */
export function RoleChip({ role }: { role: Role }) {
  return (
    <span className={styles.chip} style={{ '--of-role': roleColour(role) }}>
      <RoleDot role={role} />
      <bdi>{role.name}</bdi>
    </span>
  );
}

export function RoleDot({ role }: { role: Pick<Role, 'colour'> }) {
  return <span className={styles.dot} style={{ '--of-role': roleColour(role) }} aria-hidden="true" />;
}
