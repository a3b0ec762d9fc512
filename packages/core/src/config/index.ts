export {
  choice,
  fromVariable,
  integer,
  isHttpUrl,
  list,
  markOf,
  MASK,
  secret,
  secretUrls,
  section,
  text,
} from './settings.js';
