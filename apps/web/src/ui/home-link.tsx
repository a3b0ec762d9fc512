import { Link } from '@tanstack/react-router';
import { House } from 'lucide-react';
import { texts } from '../texts/texts.js';
import button from './button.module.css';

/** The way to the front page, from where nothing else leads on. */
export function HomeLink() {
  return (
    <Link to="/" className={button.button} data-look="primary" data-size="large">
      <House size={19} />
      {texts.app.frontPage}
    </Link>
  );
}
