import type { Role } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Plus } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { rolesApi } from '../api/roles.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import { useNotices } from '../ui/use-notices.js';
import { communityQuery } from '../workspace/community-queries.js';
import { problemText } from '../workspace/problem-text.js';
import { memberQuery } from './administration-queries.js';
import type { SectionProps } from './section-props.js';
import { ownRank } from './rank.js';
import { RoleDot } from './role-chip.js';
import { RoleEditor } from './role-editor.js';
import { roleDrop, roleStep } from './role-moves.js';
import { enableDragging } from './row-dragging.js';
import { useDeed } from './use-deed.js';
import styles from './settings.module.css';
import list from './roles-section.module.css';

/** The roles of a community, the highest first, and what the chosen one allows. */
export function RolesSection({ community, me }: SectionProps) {
  const texts = administrationTexts.roles;
  const { notify } = useNotices();
  const { roles } = community;
  const [chosenId, choose] = useState<string>();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const own = useQuery(memberQuery(community.id, me.id));
  const rank = ownRank(community, me, own.data ?? undefined);
  const { busy, run } = useDeed([communityQuery(community.id).queryKey]);
  const chosen = roles.find(({ id }) => id === chosenId);
  const move = (id: string, above: string | undefined) => {
    if (above !== undefined) run(() => rolesApi.move({ id: community.id, role_id: id, above }));
  };
  const create = () =>
    run(async () => {
      const made = await rolesApi.create({ id: community.id, name: texts.newName, permissions: [] });
      choose(made.id);
    });

  const onDrop = useEffectEvent(move);
  useEffect(() => {
    if (element === null) return;
    return enableDragging(element, {
      markOf: (drop) => (roleDrop(roles, drop, rank) === undefined ? undefined : drop.half),
      onDrop: (drop) => onDrop(drop.draggedId, roleDrop(roles, drop, rank)),
    });
  }, [element, roles, rank]);

  if (own.error !== null) return <p role="alert">{problemText(own.error)}</p>;
  return (
    <>
      <div className={styles.head}>
        <p className={styles.lead}>{texts.lead}</p>
        <Button onClick={create} disabled={busy}>
          <Plus size={17} />
          {texts.create}
        </Button>
      </div>
      <ul ref={setElement} className={styles.list} aria-label={texts.label}>
        {roles.map((role) => (
          <RoleRow
            key={role.id}
            role={role}
            isChosen={role.id === chosenId}
            up={
              role.position > 0 && role.position < rank
                ? roleStep(roles, role.id, { step: 'up', rank })
                : undefined
            }
            down={
              role.position > 0 && role.position < rank
                ? roleStep(roles, role.id, { step: 'down', rank })
                : undefined
            }
            onChoose={() => choose(role.id === chosenId ? undefined : role.id)}
            onMove={(above) => move(role.id, above)}
          />
        ))}
      </ul>
      {chosen !== undefined && (
        <RoleEditor
          // What was saved, here or elsewhere, is where one goes on from.
          key={`${chosen.id} ${JSON.stringify(chosen)}`}
          community={community}
          role={chosen}
          mayEdit={chosen.position < rank}
          onSaved={() => notify(administrationTexts.saved)}
          onDeleted={() => choose(undefined)}
        />
      )}
    </>
  );
}

interface RoleRowProps {
  role: Role;
  isChosen: boolean;
  /** Right above which role a step puts it; undefined where there is no further. */
  up: string | undefined;
  down: string | undefined;
  onChoose: () => void;
  onMove: (above: string) => void;
}

function RoleRow({ role, isChosen, up, down, onChoose, onMove }: RoleRowProps) {
  const texts = administrationTexts.roles;
  return (
    <li
      className={list.row}
      data-row={role.id}
      onKeyDown={({ altKey, key }) => {
        const to = key === 'ArrowUp' ? up : key === 'ArrowDown' ? down : undefined;
        if (altKey && to !== undefined) onMove(to);
      }}
    >
      <button type="button" className={list.role} aria-expanded={isChosen} onClick={onChoose}>
        <RoleDot role={role} />
        <span className={styles.name} dir="auto">
          {role.name}
        </span>
        <span className={list.count}>{texts.allows(role.permissions.length)}</span>
      </button>
      {role.position > 0 && (
        <>
          <IconButton
            size="small"
            label={texts.moveUp(role.name)}
            icon={<ArrowUp size={17} />}
            disabled={up === undefined}
            onClick={() => up !== undefined && onMove(up)}
          />
          <IconButton
            size="small"
            label={texts.moveDown(role.name)}
            icon={<ArrowDown size={17} />}
            disabled={down === undefined}
            onClick={() => down !== undefined && onMove(down)}
          />
        </>
      )}
    </li>
  );
}
