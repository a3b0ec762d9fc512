import type { Community, Role } from '@parley/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { rolesApi } from '../api/roles.js';
import { TextField } from '../forms/text-field.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Button } from '../ui/button.js';
import { SwitchRow } from '../ui/switch-row.js';
import { communityQuery } from '../workspace/community-queries.js';
import { ConfirmDialog } from './confirm-dialog.js';
import { PERMISSION_GROUPS } from './permission-groups.js';
import { colourOf, hexOf } from './role-colour.js';
import { useDeed } from './use-deed.js';
import { permissionGroupsMatching } from './matching-permissions.js';
import styles from './roles-section.module.css';
import dialog from './dialog-form.module.css';

const COLOURS = [0xc0392b, 0xd35400, 0xb7950b, 0x1e8449, 0x148f77, 0x2471a3, 0x7d3c98, 0xad1457];

export interface RoleEditorProps {
  community: Community;
  role: Role;
  /** Whether one stands above it. */
  mayEdit: boolean;
  onSaved: () => void;
  onDeleted: () => void;
}

/** What a role is called, its colour, and what it allows. */
export function RoleEditor({ community, role, mayEdit, onSaved, onDeleted }: RoleEditorProps) {
  const texts = administrationTexts.roles;
  const client = useQueryClient();
  const [name, setName] = useState(role.name);
  const [colour, setColour] = useState(role.colour);
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set(role.permissions));
  const [search, setSearch] = useState('');
  const [isAsking, setAsking] = useState(false);
  const { queryKey } = communityQuery(community.id);
  const { busy, run } = useDeed([queryKey]);
  const isEveryone = role.position === 0;
  const changed =
    name !== role.name ||
    colour !== role.colour ||
    given.size !== role.permissions.length ||
    role.permissions.some((one) => !given.has(one));
  const maySave = mayEdit && changed && !busy && name.trim() !== '';
  const save = () =>
    run(async () => {
      await rolesApi.change({
        ...{ id: community.id, role_id: role.id, permissions: [...given] },
        ...(!isEveryone && { name, colour }),
      });
      onSaved();
    });
  const toggle = (permission: string, allow: boolean) => {
    const next = new Set(given);
    if (allow) next.add(permission);
    else next.delete(permission);
    setGiven(next);
  };
  const remove = async () => {
    await rolesApi.delete({ id: community.id, role_id: role.id });
    onDeleted();
    await client.invalidateQueries({ queryKey });
  };
  return (
    <section className={styles.editor} aria-label={role.name}>
      {!mayEdit && <p className={dialog.note}>{texts.aboveYou}</p>}
      {isEveryone && <p className={dialog.note}>{texts.everyone}</p>}
      {!isEveryone && (
        <>
          <TextField
            name="name"
            label={administrationTexts.channel.name}
            value={name}
            onChange={(event) => setName(event.target.value)}
            disabled={!mayEdit}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing && maySave) save();
            }}
            problem={undefined}
            autoComplete="off"
          />
          <fieldset className={dialog.plain} disabled={!mayEdit}>
            <legend className={dialog.label}>{texts.colour}</legend>
            <div className={styles.colours} role="radiogroup" aria-label={texts.colour}>
              <Swatch colour={null} isChosen={colour === null} onChoose={setColour} />
              {COLOURS.map((one) => (
                <Swatch key={one} colour={one} isChosen={colour === one} onChoose={setColour} />
              ))}
              <input
                type="color"
                className={styles.picker}
                aria-label={texts.otherColour}
                value={hexOf(colour ?? 0x808080)}
                onChange={(event) => setColour(colourOf(event.target.value))}
              />
            </div>
          </fieldset>
        </>
      )}
      <TextField
        name="search"
        type="search"
        label={texts.search}
        problem={undefined}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        autoComplete="off"
      />
      {permissionGroupsMatching(PERMISSION_GROUPS, search).map(({ group, permissions }) => (
        <div key={group} className={styles.group}>
          <h2 className={styles.groupTitle}>{administrationTexts.permissionGroups[group]}</h2>
          {permissions.map((permission) => {
            const [label, hint] = administrationTexts.permissions[permission];
            return (
              <SwitchRow
                key={permission}
                label={label}
                hint={hint}
                checked={given.has(permission)}
                // Nobody gives or takes what they have not themselves.
                disabled={!mayEdit || !community.permissions.includes(permission)}
                onChange={(allow) => toggle(permission, allow)}
              />
            );
          })}
        </div>
      ))}
      {mayEdit && (
        <div className={styles.save}>
          {isEveryone ? (
            <span />
          ) : (
            <Button look="ghost" onClick={() => setAsking(true)}>
              {texts.delete}
            </Button>
          )}
          <Button look="primary" disabled={!maySave} onClick={save}>
            {administrationTexts.save}
          </Button>
        </div>
      )}
      {isAsking && (
        <ConfirmDialog
          title={administrationTexts.deletion.channelTitle(role.name)}
          lead={texts.deleteLead}
          submit={administrationTexts.deletion.submit}
          onConfirm={remove}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

interface SwatchProps {
  colour: number | null;
  isChosen: boolean;
  onChoose: (colour: number | null) => void;
}

function Swatch({ colour, isChosen, onChoose }: SwatchProps) {
  const texts = administrationTexts.roles;
  return (
    <button
      type="button"
      role="radio"
      className={styles.swatch}
      aria-checked={isChosen}
      aria-label={colour === null ? texts.noColour : hexOf(colour)}
      style={colour === null ? undefined : { '--of-role': hexOf(colour) }}
      onClick={() => onChoose(colour)}
    />
  );
}
