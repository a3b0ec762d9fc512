#!/usr/bin/env node
import { allowHeapGrowth } from '../dist/heap-growth.js';

// The server allows it again once it runs.
allowHeapGrowth(false);
await import('../dist/cli.js');
