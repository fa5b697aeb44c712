import assert from 'node:assert/strict';
import {
  mayDeclareFunction,
  mayDeclareType,
  mayDeclareValue,
} from '../../../../core/go/source/declaring-text.ts';

const all = (of: (name: string) => RegExp, texts: readonly string[], expected: boolean) => {
  for (const text of texts) assert.equal(of('Name').test(text), expected, text);
};

describe('which texts may declare a name', () => {
  it('takes in every declaration of a type', () => {
    all(
      mayDeclareType,
      [
        'type Name struct{}',
        'type Name = other.Name',
        'type Name[T any] struct{}',
        'type (\n\tOther int\n\n\t// Name is one.\n\tName string\n)',
        'type(Name int)',
        'type /* of a plan */ Name string',
        'type // of a plan\nName string',
        'type\tName int',
      ],
      true,
    );
  });

  it('leaves out what only uses a type', () => {
    all(mayDeclareType, ['func F(n Name) {}', 'var a = Name{}', 'type Names []int', ''], false);
  });

  it('takes in every declaration of a function and a method', () => {
    all(
      mayDeclareFunction,
      [
        'func Name() {}',
        'func (k Keeper) Name(ctx Context) error { return nil }',
        'func (k *Keeper[T]) Name() {}',
        'func Name[T any](t T) {}',
        'func Name /* of a plan */ () {}',
        'func (Keeper)Name() {}',
        'func /* a name */ Name() {}',
      ],
      true,
    );
  });

  it('leaves out what only calls a function', () => {
    all(
      mayDeclareFunction,
      ['\tx := k.Name()\n', 'func F() {\n\tName()\n}', 'type Name int'],
      false,
    );
  });

  it('takes in every declaration of a constant and a variable', () => {
    all(
      mayDeclareValue,
      [
        'const Name = "v2"',
        'const Other, Name = 1, 2',
        'var Name string',
        'var Name *Keeper',
        'var Name [2]int',
        'const (\n\tName = "v2"\n)',
        'const (\n\tOther = iota\n\tName\n)',
        'const (\r\n\tOther = iota\r\n\tName\r\n)',
        'var (\n\tOther,\n\tName = 1, 2\n)',
        'const (Other = 1; Name = 2)',
        'const (Name = 2)',
        'var /* of a plan */ Name = "v2"',
        'var (\n\t/* of a plan */ Name = "v2"\n)',
        'var\tName = 1',
        'var\n\tName = 1',
      ],
      true,
    );
  });

  it('leaves out what only uses a value', () => {
    all(
      mayDeclareValue,
      [
        'var a = types.Name',
        '\tNames = "v2"\n',
        '\treturn x == Name\n',
        '\tName: "v2",\n',
        '\tName.Do()\n',
      ],
      false,
    );
  });
});
