import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EditHistory, type HistoryStep, historyStepOf} from '../../../widget/components/edit-history.ts';

const NO_KEYS = {key: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false};

/** A text with the caret at its end. */
const end = (text: string) => ({text, caret: text.length});

describe('EditHistory', () => {
  it('restores former texts and carets, and repeats what was undone', () => {
    const history = new EditHistory();
    for (const before of ['', '4', '41']) history.record(end(before));
    assert.deepEqual(history.restore('historyUndo', {text: '411', caret: 2}), end('41'));
    assert.deepEqual(history.restore('historyUndo', end('41')), end('4'));
    assert.deepEqual(history.restore('historyRedo', end('4')), end('41'));
    assert.deepEqual(history.restore('historyRedo', end('41')), {text: '411', caret: 2});
    assert.equal(history.restore('historyRedo', end('411')), undefined);
  });

  it('repeats nothing after another edit', () => {
    const history = new EditHistory();
    history.record(end(''));
    history.restore('historyUndo', end('4'));
    history.record(end(''));
    assert.equal(history.restore('historyRedo', end('5')), undefined);
    assert.deepEqual(history.restore('historyUndo', end('5')), end(''));
  });

  it('forgets everything when it is cleared', () => {
    const history = new EditHistory();
    history.record(end('4'));
    history.record(end('41'));
    history.restore('historyUndo', end('411'));
    history.clear();
    assert.equal(history.restore('historyUndo', end('')), undefined);
    assert.equal(history.restore('historyRedo', end('')), undefined);
  });

  it('keeps the latest hundred texts', () => {
    const history = new EditHistory();
    for (let text = 0; text < 150; text += 1) history.record(end(`${text}`));
    const restored: string[] = [];
    for (;;) {
      const former = history.restore('historyUndo', end(''));
      if (former === undefined) break;
      restored.push(former.text);
    }
    assert.deepEqual([restored.length, restored[0], restored.at(-1)], [100, '149', '50']);
  });
});

describe('historyStepOf', () => {
  const rows: [keys: Partial<KeyboardEvent>, step: HistoryStep | undefined][] = [
    [{key: 'z', ctrlKey: true}, 'historyUndo'],
    [{key: 'z', metaKey: true}, 'historyUndo'],
    [{key: 'Z', ctrlKey: true}, 'historyUndo'], // Caps Lock
    [{key: 'Z', ctrlKey: true, shiftKey: true}, 'historyRedo'],
    [{key: 'z', metaKey: true, shiftKey: true}, 'historyRedo'],
    [{key: 'y', ctrlKey: true}, 'historyRedo'],
    [{key: 'y', metaKey: true}, undefined], // the browser's own history on a Mac
    [{key: 'z'}, undefined],
    [{key: 'z', ctrlKey: true, altKey: true}, undefined],
    [{key: 'z', ctrlKey: true, metaKey: true}, undefined],
    [{key: 'a', ctrlKey: true}, undefined],
  ];
  for (const [keys, step] of rows)
    it(`is ${String(step)} for ${JSON.stringify(keys)}`, () => {
      assert.equal(historyStepOf({...NO_KEYS, ...keys} as KeyboardEvent), step);
    });
});
