import type { Published } from '../model/release.js';
import type { Target } from '../plan/target.js';

/** A package that was linked with, or that was installed when it was built. */
interface Component {
  readonly role: 'linked' | 'build';
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}

/** Reads /r/components, which the step of this name has written. */
export function parseComponents(text: string): readonly Component[] {
  return text.split('\n').flatMap((line) => {
    const [role, name = '', version = '', architecture = ''] = line.split('\t');
    return role === 'linked' || role === 'build' ? [{ role, name, version, architecture }] : [];
  });
}

/** A package URL (https://github.com/package-url/purl-spec). */
function purl(one: Published, { name, version, architecture }: Omit<Component, 'role'>): string {
  const [vendor = '', release = ''] = one.distro.split('_');
  const [epoch, rest = version] = one.format === 'rpm' && version.includes(':') ? version.split(':') : [undefined, version];
  const qualifiers = [`arch=${architecture}`, `distro=${vendor}-${release}`, ...(epoch === undefined ? [] : [`epoch=${epoch}`])];
  return `pkg:${one.format}/${vendor}/${encodeURIComponent(name)}@${encodeURIComponent(rest)}?${qualifiers.join('&')}`;
}

/** A name-based UUID of the bytes: the same package has the same serial number. */
function uuid(sha256: string): string {
  const digits = `${sha256.slice(0, 12)}8${sha256.slice(13, 16)}8${sha256.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * What a package consists of and was made with, as CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/): its source with its
 * checksum, the packages that it is linked with, and, with the scope `excluded`, those that were installed when it was built.
 */
export function renderSbom(one: Published, target: Target, components: readonly Component[], substituted: boolean): string {
  const own = { name: one.name, version: one.revision, architecture: one.architecture };
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuid(one.sha256)}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': one.file,
        name: one.name,
        version: one.revision,
        description: target.recipe.summary,
        purl: purl(one, own),
        hashes: [{ alg: 'SHA-256', content: one.sha256 }],
        licenses: [{ expression: target.recipe.license }],
        externalReferences: [{ type: 'website', url: target.recipe.homepage }],
      },
      properties: [
        { name: 'packmill:target', value: one.target },
        { name: 'packmill:base', value: substituted ? 'substituted' : 'own' },
        { name: 'packmill:tested-sha256', value: one.tested },
      ],
    },
    components: [
      {
        type: 'file',
        'bom-ref': `source:${target.source.file}`,
        name: target.source.file,
        version: target.version,
        hashes: [{ alg: 'SHA-256', content: target.source.sha256 ?? '' }],
        externalReferences: target.source.addresses.filter((address) => /^https?:/.test(address)).map((url) => ({ type: 'distribution', url })),
      },
      ...components.map((component) => ({
        type: 'library',
        'bom-ref': `${component.role}:${component.name}:${component.architecture}`,
        name: component.name,
        version: component.version,
        purl: purl(one, component),
        scope: component.role === 'linked' ? 'required' : 'excluded',
      })),
    ],
    dependencies: [{ ref: one.file, dependsOn: components.filter((c) => c.role === 'linked').map((c) => `linked:${c.name}:${c.architecture}`) }],
  };
  return `${JSON.stringify(sbom, null, 1)}\n`;
}
