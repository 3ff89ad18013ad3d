import type { CommandEntry } from './command.js';

/** All commands, in the order in which people meet them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'setup',
    summary: 'find a CRIU that works here, or unpack one',
    load: () => import('./commands/setup.js'),
  },
  {
    name: 'doctor',
    summary: 'check this machine, line by line, with remedies',
    load: () => import('./commands/doctor.js'),
  },
  { name: 'run', summary: 'start a service, or restore it if there is an image' },
  {
    name: 'checkpoint',
    summary: 'make an image of a service, new or running',
    load: () => import('./commands/checkpoint.js'),
  },
  { name: 'restore', summary: 'bring a checkpointed service back' },
  { name: 'clone', summary: 'many copies of one image, side by side' },
  {
    name: 'inspect',
    summary: 'look into an image, or compare two',
    load: () => import('./commands/inspect.js'),
  },
  {
    name: 'working-set',
    summary: 'record or show which pages of an image its copies touch',
    load: () => import('./commands/working-set.js'),
  },
  {
    name: 'verify',
    summary: 'check that an image is whole and fits this machine',
    load: () => import('./commands/verify.js'),
  },
  {
    name: 'bench',
    summary: 'measure what tubthump does for a service of yours',
    load: () => import('./commands/bench.js'),
  },
  {
    name: 'sign',
    summary: 'sign an image',
    load: () => import('./commands/sign.js'),
  },
  { name: 'encrypt', summary: 'encrypt an image' },
  { name: 'decrypt', summary: 'decrypt an image' },
  {
    name: 'pack',
    summary: 'pack an image into one file',
    load: () => import('./commands/pack.js'),
  },
  {
    name: 'unpack',
    summary: 'bring an image out of a pack',
    load: () => import('./commands/unpack.js'),
  },
  {
    name: 'images',
    summary: 'list images, remove old ones',
    load: () => import('./commands/images.js'),
  },
  {
    name: 'oci',
    summary: 'images to and from OCI image layouts',
    load: () => import('./commands/oci.js'),
  },
  {
    name: 'status',
    summary: 'what a running service does',
    load: () => import('./commands/status.js'),
  },
];
