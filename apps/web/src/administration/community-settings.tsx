import { Link, Navigate } from '@tanstack/react-router';
import { ArrowLeft, Ban, Crown, Mail, Shield, SlidersHorizontal, Users, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { BansSection } from './bans-section.js';
import { InvitesSection } from './invites-section.js';
import { MembersSection } from './members-section.js';
import { OverviewSection } from './overview-section.js';
import { OwnershipSection } from './ownership-section.js';
import { RolesSection } from './roles-section.js';
import type { SectionProps } from './section-props.js';
import { sectionsFor, type SettingsSection } from './settings-sections.js';
import styles from './settings.module.css';

const ICONS: Record<SettingsSection, LucideIcon> = {
  overview: SlidersHorizontal,
  roles: Shield,
  members: Users,
  invites: Mail,
  bans: Ban,
  ownership: Crown,
};

const PARTS: Record<SettingsSection, (props: SectionProps) => ReactNode> = {
  overview: OverviewSection,
  roles: RolesSection,
  members: MembersSection,
  invites: InvitesSection,
  bans: BansSection,
  ownership: OwnershipSection,
};

export interface CommunitySettingsProps extends SectionProps {
  /** As the address names it. */
  section: string;
}

/** The settings of a community: those in which one has something to do. */
export function CommunitySettings({ community, me, section: named }: CommunitySettingsProps) {
  const texts = administrationTexts.settings;
  const sections = sectionsFor(community, me.id);
  const section = sections.find((one) => one === named);
  const heading = useRef<HTMLHeadingElement>(null);

  // What led here is gone with the page before.
  useEffect(() => heading.current?.focus(), [section]);

  if (section === undefined)
    return <Navigate to="/c/$community" params={{ community: community.id }} replace />;
  const Part = PARTS[section];
  return (
    <div className={styles.page}>
      <nav className={styles.nav} aria-label={administrationTexts.community.settings}>
        <Link
          to="/c/$community"
          params={{ community: community.id }}
          className={styles.link}
          activeOptions={{ exact: true }}
        >
          <ArrowLeft size={18} data-points-inline />
          {texts.back}
        </Link>
        <p className={styles.community} dir="auto">
          {community.name}
        </p>
        {sections.map((one) => {
          const Icon = ICONS[one];
          return (
            <Link
              key={one}
              to="/c/$community/settings/$section"
              params={{ community: community.id, section: one }}
              className={styles.link}
              aria-current={one === section ? 'page' : undefined}
            >
              <Icon size={18} />
              {texts.sections[one]}
            </Link>
          );
        })}
      </nav>
      <main className={styles.main} aria-label={administrationTexts.community.settings}>
        <div className={styles.inner}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {texts.sections[section]}
          </h1>
          <Part key={section} community={community} me={me} />
        </div>
      </main>
    </div>
  );
}
