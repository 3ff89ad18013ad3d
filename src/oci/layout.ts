import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  copyFile,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { TubthumpError } from '../errors/index.js';
import { type Descriptor, type Index, MEDIA, parse, parseIndex } from './documents.js';
import { invalid, notFound, unsupported } from './error.js';

/** Annotation that holds the tag. */
const TAG = 'org.opencontainers.image.ref.name';

/** Larger than any document that describes an image. */
const LARGEST_DOCUMENT = 4 << 20;

/** What is in an image is secret. */
const WRITE = { flag: 'wx', flush: true, mode: 0o600 } as const;

/**
 * A directory in the OCI image layout. What is in it may come from anybody: links are not followed,
 * opening never blocks, and blobs are believed only as far as their digest goes.
 */
export class Layout {
  /** What this process has added; for `undo`. */
  private readonly added: string[] = [];
  private readonly madeDirectories: string[] = [];

  private constructor(readonly path: string) {}

  /** @throws TubthumpError ERR_TUBTHUMP_OCI_NOT_FOUND, ERR_TUBTHUMP_OCI_INVALID */
  static async open(path: string): Promise<Layout> {
    const layout = new Layout(path);
    const { imageLayoutVersion } = parse('oci-layout', await layout.document('oci-layout'));
    if (imageLayoutVersion !== '1.0.0')
      throw unsupported(`the layout has version ${imageLayoutVersion}, not 1.0.0`);
    return layout;
  }

  /**
   * The one that is there, or a new one in a directory that is missing or empty.
   * @throws TubthumpError as `open`, ERR_TUBTHUMP_IMAGE_PUBLISH
   */
  static async create(path: string): Promise<Layout> {
    const layout = new Layout(path);
    try {
      if (await makeDirectory(path)) layout.madeDirectories.unshift(path);
      else if ((await readdir(path)).length > 0) return await Layout.open(path);
      for (const directory of [join(path, 'blobs'), join(path, 'blobs/sha256')]) {
        await mkdir(directory, { mode: 0o700 });
        layout.madeDirectories.unshift(directory);
      }
      await layout.write('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' }));
      layout.added.push(join(path, 'oci-layout'));
      return layout;
    } catch (cause) {
      await layout.undo();
      if (TubthumpError.is(cause)) throw cause;
      const message = `${path} cannot hold an image layout: ${(cause as Error).message}`;
      throw new TubthumpError('ERR_TUBTHUMP_IMAGE_PUBLISH', message, { cause });
    }
  }

  /** The tagged manifest, or the only one. */
  async find(tag: string | undefined): Promise<Descriptor> {
    const { manifests } = await this.index();
    const named = manifests.filter(({ annotations }) => !tag || annotations?.[TAG] === tag);
    const [found, ...others] = named;
    if (!found || others.length > 0) throw notFound(this.choice(tag, manifests));
    if (found.mediaType === MEDIA.manifest) return found;
    throw unsupported(`what is tagged is ${found.mediaType}, not ${MEDIA.manifest}`);
  }

  private choice(tag: string | undefined, manifests: readonly Descriptor[]): string {
    const tags = manifests.map(({ annotations }) => annotations?.[TAG] ?? '(none)');
    const which = tag ? `no image with the tag ${tag}` : 'not exactly one image';
    return `${which} in ${this.path}; tags: ${tags.join(', ') || 'none'}`;
  }

  /** Writes index.json anew, in one step. One writer at a time: the last one wins. */
  async tag(tag: string, manifest: Descriptor): Promise<void> {
    const { manifests } = await this.index().catch((error) => {
      if (error.code === 'ERR_TUBTHUMP_OCI_NOT_FOUND') return { manifests: [] };
      throw error;
    });
    const others = manifests.filter(({ annotations }) => annotations?.[TAG] !== tag);
    const index: Index = {
      schemaVersion: 2,
      manifests: [...others, { ...manifest, annotations: { [TAG]: tag } }],
    };
    await this.write('index.json', JSON.stringify(index));
  }

  /** A small blob, whole and held against its digest. */
  async read({ digest, size }: Descriptor): Promise<string> {
    if (size > LARGEST_DOCUMENT) throw invalid(`${digest} has ${size} bytes: too many`);
    const file = await this.openBlob({ digest, size });
    try {
      const text = await file.readFile('utf8');
      if (digestOf(text) === digest) return text;
    } finally {
      await file.close();
    }
    throw invalid(`the blob ${digest} is not what its name says`);
  }

  /** A blob of the right size, open for reading; the caller closes it. */
  async openBlob({ digest, size }: Pick<Descriptor, 'digest' | 'size'>): Promise<FileHandle> {
    const file = await openRegular(this.blob(digest)).catch((cause) => {
      throw notFound(`the blob ${digest} is missing in ${this.path}`, cause);
    });
    const { size: found } = await file.stat();
    if (found === size) return file;
    await file.close();
    throw invalid(`the blob ${digest} has ${found} bytes, not ${size}`);
  }

  blob(digest: string): string {
    return join(this.path, 'blobs/sha256', digest.slice('sha256:'.length));
  }

  /** A name for a file that becomes a blob by `adopt`. */
  temporary(): string {
    return join(this.path, 'blobs/sha256', `.new-${randomUUID()}`);
  }

  /** Gives a file its name by digest, in one step; what had that name may have been damaged. */
  async adopt(temporary: string, digest: string): Promise<void> {
    const path = this.blob(digest);
    const isNew = await lstat(path).then(
      () => false,
      () => true,
    );
    await rename(temporary, path);
    if (isNew) this.added.push(path);
  }

  /** A small blob. */
  async put(mediaType: string, text: string): Promise<Descriptor> {
    const digest = digestOf(text);
    await this.fill(digest, (path) => writeFile(path, text, WRITE));
    return { mediaType, digest, size: Buffer.byteLength(text) };
  }

  /** A blob of another layout: a hard link, else a copy. */
  async take(other: Layout, digest: string): Promise<void> {
    const from = other.blob(digest);
    if (from === this.blob(digest)) return;
    const flags = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
    await this.fill(digest, (to) => link(from, to).catch(() => copyFile(from, to, flags)));
  }

  /** Removes what was added: the image that it was for could not be completed. */
  async undo(): Promise<void> {
    for (const path of this.added) await rm(path, { force: true });
    for (const path of this.madeDirectories) await rmdir(path).catch(() => {});
  }

  private async fill(digest: string, write: (path: string) => Promise<void>): Promise<void> {
    const temporary = this.temporary();
    try {
      await write(temporary);
      await this.adopt(temporary, digest);
    } finally {
      // Also where a link to the same file was there: rename(2) does nothing then.
      await rm(temporary, { force: true });
    }
  }

  private async index(): Promise<Index> {
    return parseIndex(await this.document('index.json'));
  }

  private async document(name: string): Promise<string> {
    const file = await openRegular(join(this.path, name)).catch((cause) => {
      throw notFound(`${this.path} is no OCI image layout: it has no ${name}`, cause);
    });
    try {
      const { size } = await file.stat();
      if (size > LARGEST_DOCUMENT) throw invalid(`${name} has ${size} bytes: too many`);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  }

  private async write(name: string, text: string): Promise<void> {
    const temporary = join(this.path, `.${name}.${process.pid}`);
    try {
      await writeFile(temporary, text, WRITE);
      await rename(temporary, join(this.path, name));
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

async function openRegular(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw invalid(`${path} is no regular file`);
}

/** Whether it was not there. */
async function makeDirectory(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
