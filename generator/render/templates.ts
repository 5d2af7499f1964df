import nunjucks from 'nunjucks';

/** A view that throws on any key it does not have, which also catches what nunjucks lets through (`{% if typo %}`, `{% for x in typo %}`). */
export function strictView<T extends object>(view: T): T {
  return new Proxy(view, {
    get(target, key, receiver): unknown {
      if (typeof key === 'string' && !(key in target)) throw new Error(`Internal error: a template asks for "${key}", which its view does not have`);
      return Reflect.get(target, key, receiver);
    },
  });
}

/** Compiles templates once and renders them with strict views. */
export class Templates {
  private readonly environment: nunjucks.Environment;
  private readonly compiled = new Map<string, nunjucks.Template>();

  /** Takes the template texts by file name. */
  constructor(private readonly texts: ReadonlyMap<string, string>) {
    this.environment = new nunjucks.Environment(null, { autoescape: false, throwOnUndefined: true, trimBlocks: true, lstripBlocks: true });
    // A view is copied when a template is rendered; names that the copy lacks are looked for among the globals, so those are strict too.
    Object.assign(this.environment, { globals: new Proxy(strictView({}), { has: () => true }) });
  }

  render(name: string, view: object): string {
    let template = this.compiled.get(name);
    if (!template) {
      const text = this.texts.get(name);
      if (text === undefined) throw new Error(`Internal error: no template ${name}`);
      template = nunjucks.compile(text, this.environment);
      this.compiled.set(name, template);
    }
    return template.render(view);
  }
}
