import {expect} from '@open-wc/testing';
import {pageDefaults} from '../../../host-sdk/page-defaults.ts';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';

const ORIGIN = 'https://pay.example';

describe('pageDefaults', () => {
  const added: Element[] = [];
  const addMeta = (to: Node, content: string) => {
    const meta = document.createElement('meta');
    Object.assign(meta, {name: 'sealed-fields', content});
    added.push(meta);
    to.appendChild(meta);
  };

  afterEach(() => {
    for (const node of added.splice(0)) node.remove();
  });

  describe('in a page whose bundle contains the script', () => {
    it('are those of the first meta in the head, with the published origin', () => {
      addMeta(document.head, 'merchant=demo; locale=de');
      addMeta(document.head, 'merchant=other; theme=dark');
      expect(pageDefaults(undefined, ORIGIN)).to.deep.equal({merchant: 'demo', locale: 'de', origin: ORIGIN});
    });

    it('are the published origin alone without a meta, or if markup in the body contains one', () => {
      const form = document.createElement('form');
      form.name = 'head'; // so it hides document.head
      added.push(form);
      document.body.append(form);
      addMeta(form, 'merchant=evil');
      addMeta(document.body, 'merchant=evil');
      expect(document.head).to.equal(form);
      expect(pageDefaults(undefined, ORIGIN)).to.deep.equal({origin: ORIGIN});
    });

    it('are an error if the meta names an origin', () => {
      addMeta(document.head, 'merchant=demo; origin=https://evil.example');
      expect(pageDefaults(undefined, ORIGIN)).to.be.instanceOf(SealedFieldsError);
    });
  });

  it('are the attributes and the origin of the page’s own script, whatever a meta says', () => {
    addMeta(document.head, 'merchant=other; locale=de');
    const script = document.createElement('script');
    script.src = 'https://other.example/v1/sealed-fields.js';
    script.dataset['merchant'] = 'demo';
    expect(pageDefaults(script, ORIGIN)).to.deep.equal({merchant: 'demo', origin: 'https://other.example'});
  });
});
