<?php
// PHP's own syntax trees (extension ast) in the words of spell.cpp, one line for each file named;
// `refused` where PHP does not read it. Exit 77: the extension is not there.

if (!function_exists('ast\parse_code')) {
    fwrite(STDERR, "the extension ast is not installed\n");
    exit(77);
}

const VERSION = 90;

function text(string $value): string
{
    return '"' . preg_replace_callback(
        '/[\x00-\x1f\x7f-\xff"\\\\]/',
        fn ($m) => sprintf('\x%02x', ord($m[0])),
        $value
    ) . '"';
}

function scalar(mixed $value): string
{
    return match (true) {
        $value === null => '-',
        is_string($value) => text($value),
        is_float($value) => sprintf('%sf', is_infinite($value) ? 'inf' : shortest($value)),
        default => (string) $value,
    };
}

// As fmt's {:.17g}.
function shortest(float $value): string
{
    $text = sprintf('%.17G', $value);
    if (preg_match('/^(-?[\d.]+)E([+-])(\d+)$/', $text, $m)) {
        $mantissa = str_contains($m[1], '.') ? rtrim(rtrim($m[1], '0'), '.') : $m[1];
        return sprintf('%se%s%02d', $mantissa, $m[2], $m[3]);
    }
    return $text;
}

function node(string $word, ?string ...$parts): string
{
    return '(' . implode(' ', array_filter([$word, ...$parts], fn ($part) => $part !== null)) . ')';
}

function name(ast\Node|string|null $name): string
{
    if (!$name instanceof ast\Node) {
        return scalar($name);
    }
    if ($name->kind !== ast\AST_NAME) {
        return spell($name);
    }
    return node('name', text(written($name)));
}

function written(ast\Node $name): string
{
    return match ($name->flags) {
        ast\flags\NAME_FQ => '\\' . $name->children['name'],
        ast\flags\NAME_RELATIVE => 'namespace\\' . $name->children['name'],
        default => $name->children['name'],
    };
}

function type(?ast\Node $type): string
{
    if ($type === null) {
        return '-';
    }
    $names = [
        ast\flags\TYPE_NULL => 'null', ast\flags\TYPE_FALSE => 'false', ast\flags\TYPE_TRUE => 'true',
        ast\flags\TYPE_BOOL => 'bool', ast\flags\TYPE_LONG => 'int', ast\flags\TYPE_DOUBLE => 'float',
        ast\flags\TYPE_STRING => 'string', ast\flags\TYPE_ARRAY => 'array',
        ast\flags\TYPE_OBJECT => 'object', ast\flags\TYPE_CALLABLE => 'callable',
        ast\flags\TYPE_VOID => 'void', ast\flags\TYPE_ITERABLE => 'iterable',
        ast\flags\TYPE_STATIC => 'static', ast\flags\TYPE_MIXED => 'mixed', ast\flags\TYPE_NEVER => 'never',
    ];
    return match ($type->kind) {
        ast\AST_TYPE => node('named_type', text($names[$type->flags])),
        ast\AST_NAME => node('named_type', text(written($type))),
        ast\AST_NULLABLE_TYPE => node('nullable_type', type($type->children['type'])),
        ast\AST_TYPE_UNION => node('union_type', ...array_map('type', $type->children)),
        ast\AST_TYPE_INTERSECTION => node('intersection_type', ...array_map('type', $type->children)),
    };
}

function modifiers(int $flags): array
{
    $words = [];
    $of = [
        'static' => ast\flags\MODIFIER_STATIC, 'public' => ast\flags\MODIFIER_PUBLIC,
        'protected' => ast\flags\MODIFIER_PROTECTED, 'private' => ast\flags\MODIFIER_PRIVATE,
        'abstract' => ast\flags\MODIFIER_ABSTRACT, 'final' => ast\flags\MODIFIER_FINAL,
        'readonly' => ast\flags\MODIFIER_READONLY,
    ];
    foreach ($of as $word => $bit) {
        if ($flags & $bit) {
            $words[] = $word;
        }
    }
    return $words;
}

// The modifiers of a member: without a visibility it is public.
function visible(int $flags): array
{
    $hidden = ast\flags\MODIFIER_PRIVATE | ast\flags\MODIFIER_PROTECTED;
    return modifiers($flags & $hidden ? $flags : $flags | ast\flags\MODIFIER_PUBLIC);
}

function attributes(?ast\Node $groups): string
{
    $all = [];
    foreach ($groups?->children ?? [] as $group) {
        foreach ($group->children as $one) {
            $given = $one->children['args'];
            $all[] = node('attribute', name($one->children['class']), $given === null ? '-' : arguments($given));
        }
    }
    return node('list', ...$all);
}

function arguments(?ast\Node $list): string
{
    if ($list === null) {
        return '-';
    }
    if ($list->kind === ast\AST_CALLABLE_CONVERT) {
        return node('arguments', 'first_class');
    }
    return node('arguments', ...array_map(fn ($one) => match (true) {
        $one instanceof ast\Node && $one->kind === ast\AST_UNPACK => node('argument', '...', spell($one->children['expr'])),
        $one instanceof ast\Node && $one->kind === ast\AST_NAMED_ARG =>
            node('argument', text($one->children['name']), spell($one->children['expr'])),
        default => node('argument', spell($one)),
    }, $list->children));
}

function parameters(ast\Node $list): string
{
    return node('list', ...array_map(fn ($one) => node(
        'parameter',
        ...($one->flags & ast\flags\PARAM_REF ? ['&'] : []),
        ...($one->flags & ast\flags\PARAM_VARIADIC ? ['...'] : []),
        ...modifiers($one->flags & ~(ast\flags\PARAM_REF | ast\flags\PARAM_VARIADIC)),
        ...[text($one->children['name']), attributes($one->children['attributes']), type($one->children['type']),
            spell($one->children['default'])],
    ), $list->children));
}

// A body is a list of statements here, a statement there, or nothing.
function block(mixed $body): string
{
    return node('block', ...statements($body));
}

function statements(mixed $body): array
{
    if (!$body instanceof ast\Node || $body->kind !== ast\AST_STMT_LIST) {
        return $body === null ? [] : [statement($body)];
    }
    $all = [];
    $children = $body->children;
    for ($i = 0; $i < count($children); ++$i) {
        $one = $children[$i];
        $text = $one === null ? '(block)' : statement($one);
        if ($text !== '(block)') {
            $all[] = $text;
        }
    }
    return $all;
}

function statement(mixed $one): string
{
    if ($one instanceof ast\Node) {
        if ($one->kind === ast\AST_STMT_LIST) {
            return block($one);
        }
        $read = spell_statement($one);
        if ($read !== null) {
            return $read;
        }
    }
    return node('expression_statement', spell($one));
}

function class_like(ast\Node $class): string
{
    $kind = match (true) {
        (bool) ($class->flags & ast\flags\CLASS_INTERFACE) => 'interface_declaration',
        (bool) ($class->flags & ast\flags\CLASS_TRAIT) => 'trait_declaration',
        (bool) ($class->flags & ast\flags\CLASS_ENUM) => 'enum_declaration',
        default => 'class_declaration',
    };
    $words = [];
    $words[] = $class->flags & ast\flags\CLASS_ABSTRACT ? 'abstract' : null;
    $words[] = $class->flags & ast\flags\CLASS_FINAL && $kind === 'class_declaration' ? 'final' : null;
    $words[] = $class->flags & ast\flags\CLASS_READONLY ? 'readonly' : null;
    $parents = $class->children['extends'] === null ? [] : [name($class->children['extends'])];
    $interfaces = array_map('name', $class->children['implements']?->children ?? []);
    if ($kind === 'interface_declaration') {
        [$parents, $interfaces] = [$interfaces, []];
    }
    if ($kind === 'enum_declaration') {
        $parents = $class->children['type'] === null ? [] : [type($class->children['type'])];
    }
    $anonymous = $class->flags & ast\flags\CLASS_ANONYMOUS;
    return node(
        $kind,
        ...[...$words, $anonymous ? null : text($class->children['name']), attributes($class->children['attributes']),
            node('list', ...$parents), node('list', ...$interfaces),
            node('list', ...array_map('member', $class->children['stmts']->children))],
    );
}

function member(ast\Node $one): string
{
    $c = $one->children;
    switch ($one->kind) {
        case ast\AST_METHOD:
            return node(
                'method',
                ...($one->flags & ast\flags\FUNC_RETURNS_REF ? ['&'] : []),
                ...visible($one->flags),
                ...[text($c['name']), attributes($c['attributes']), parameters($c['params']), type($c['returnType']),
                    $c['stmts'] === null ? '-' : block($c['stmts'])],
            );
        case ast\AST_PROP_GROUP:
            return node(
                'property_declaration',
                ...visible($one->flags),
                ...[attributes($c['attributes']), type($c['type'])],
                ...array_map(fn ($p) => node('variable_element', text($p->children['name']), spell($p->children['default'])), $c['props']->children),
            );
        case ast\AST_CLASS_CONST_GROUP:
            return node(
                'class_constants',
                ...visible($one->flags),
                ...[attributes($c['attributes']), '-'],
                ...array_map(fn ($p) => node('constant_element', text($p->children['name']), spell($p->children['value'])), $c['const']->children),
            );
        case ast\AST_ENUM_CASE:
            return node('enum_case', text($c['name']), attributes($c['attributes']), spell($c['expr']));
        case ast\AST_USE_TRAIT:
            return node('trait_use', ...array_map('name', $c['traits']->children));
    }
    return 'member ' . ast\get_kind_name($one->kind);
}

function catches(ast\Node $list): array
{
    return array_map(fn ($one) => node(
        'catch_clause',
        $one->children['var'] === null ? null : text($one->children['var']->children['name']),
        node('list', ...array_map('name', $one->children['class']->children)),
        block($one->children['stmts']),
    ), $list->children);
}

function uses(ast\Node $list, string $prefix = '', int $flags = 0): array
{
    return array_map(fn ($one) => node(
        'use_clause',
        match ($one->flags | $flags) { ast\flags\USE_FUNCTION => 'function', ast\flags\USE_CONST => 'const', default => null },
        text($prefix . $one->children['name']),
        $one->children['alias'] === null ? '-' : node('identifier', text($one->children['alias'])),
    ), $list->children);
}

// `else { if … }` reads the same as `else if …`.
function clauses(ast\Node $if): array
{
    $all = [];
    foreach ($if->children as $one) {
        $inner = $one->children['stmts'];
        while ($inner instanceof ast\Node && $inner->kind === ast\AST_STMT_LIST && count($inner->children) === 1) {
            $inner = $inner->children[0];
        }
        if ($one->children['cond'] === null && $inner instanceof ast\Node && $inner->kind === ast\AST_IF) {
            array_push($all, ...clauses($inner));
        } else {
            $all[] = node('if_clause', spell($one->children['cond']), block($one->children['stmts']));
        }
    }
    return $all;
}

function spell_statement(ast\Node $one): ?string
{
    $c = $one->children;
    switch ($one->kind) {
        case ast\AST_ECHO:
            return node('echo', spell($c['expr']));
        case ast\AST_IF:
            return node('if_statement', ...clauses($one));
        case ast\AST_WHILE:
            return node('while_loop', spell($c['cond']), block($c['stmts']));
        case ast\AST_DO_WHILE:
            return node('do_loop', block($c['stmts']), spell($c['cond']));
        case ast\AST_FOR:
            return node('for_loop', ...[...array_map(
                fn ($part) => node('list', ...array_map('spell', $part?->children ?? [])),
                [$c['init'], $c['cond'], $c['loop']]
            ), block($c['stmts'])]);
        case ast\AST_FOREACH:
            $reference = $c['value']->kind === ast\AST_REF;
            return node(
                'foreach_loop',
                $reference ? '&' : null,
                spell($c['expr']),
                spell($c['key']),
                spell($reference ? $c['value']->children['var'] : $c['value']),
                block($c['stmts']),
            );
        case ast\AST_SWITCH:
            return node('switch_statement', spell($c['cond']), ...array_map(
                fn ($case) => node('switch_case', spell($case->children['cond']), ...statements($case->children['stmts'])),
                $c['stmts']->children
            ));
        case ast\AST_BREAK:
            return node('break_statement', spell($c['depth']));
        case ast\AST_CONTINUE:
            return node('continue_statement', spell($c['depth']));
        case ast\AST_RETURN:
            return node('return_statement', spell($c['expr']));
        case ast\AST_TRY:
            return node('try_statement', ...[block($c['try']), ...catches($c['catches']),
                ...($c['finally'] === null ? [] : [node('finally_clause', block($c['finally']))])]);
        case ast\AST_UNSET:
            return node('unset_statement', spell($c['var']));
        case ast\AST_GLOBAL:
            return node('global_statement', spell($c['var']));
        case ast\AST_STATIC:
            return node('static_statement', node('variable_element', text($c['var']->children['name']), spell($c['default'])));
        case ast\AST_GOTO:
            return node('goto_statement', text($c['label']));
        case ast\AST_LABEL:
            return node('label', text($c['name']));
        case ast\AST_DECLARE:
            return node('declare_statement', node('list', ...array_map('element', $c['declares']->children)), $c['stmts'] === null ? '-' : block($c['stmts']));
        case ast\AST_CONST_DECL:
            return node('const_statement', ...['(list)', ...array_map('element', $c)]);
        case ast\AST_NAMESPACE:
            return node('namespace_statement', $c['name'] === null ? null : text($c['name']), $c['stmts'] === null ? '-' : block($c['stmts']));
        case ast\AST_USE:
            return node('use_statement', ...uses($one, '', $one->flags));
        case ast\AST_GROUP_USE:
            return node('use_statement', ...uses($c['uses'], $c['prefix'] . '\\', $one->flags));
        case ast\AST_HALT_COMPILER:
            return node('halt_compiler');
        case ast\AST_FUNC_DECL:
            return node(
                'function_declaration',
                ...($one->flags & ast\flags\FUNC_RETURNS_REF ? ['&'] : []),
                ...[text($c['name']), attributes($c['attributes']), parameters($c['params']), type($c['returnType']),
                    block($c['stmts'])],
            );
        case ast\AST_CLASS:
            return class_like($one);
    }
    return null;
}

function element(ast\Node $element): string
{
    return node('constant_element', text($element->children['name']), spell($element->children['value']));
}

function operator(int $flags): string
{
    return [
        ast\flags\BINARY_BITWISE_OR => 'bit_or', ast\flags\BINARY_BITWISE_AND => 'bit_and',
        ast\flags\BINARY_BITWISE_XOR => 'bit_xor', ast\flags\BINARY_CONCAT => 'concat',
        ast\flags\BINARY_ADD => 'add', ast\flags\BINARY_SUB => 'subtract', ast\flags\BINARY_MUL => 'multiply',
        ast\flags\BINARY_DIV => 'divide', ast\flags\BINARY_MOD => 'modulo', ast\flags\BINARY_POW => 'power',
        ast\flags\BINARY_SHIFT_LEFT => 'shift_left', ast\flags\BINARY_SHIFT_RIGHT => 'shift_right',
        ast\flags\BINARY_COALESCE => 'coalesce', ast\flags\BINARY_BOOL_AND => 'logical_and',
        ast\flags\BINARY_BOOL_OR => 'logical_or', ast\flags\BINARY_BOOL_XOR => 'logical_xor',
        ast\flags\BINARY_IS_IDENTICAL => 'identical', ast\flags\BINARY_IS_NOT_IDENTICAL => 'not_identical',
        ast\flags\BINARY_IS_EQUAL => 'equal', ast\flags\BINARY_IS_NOT_EQUAL => 'not_equal',
        ast\flags\BINARY_IS_SMALLER => 'less', ast\flags\BINARY_IS_SMALLER_OR_EQUAL => 'less_equal',
        ast\flags\BINARY_IS_GREATER => 'greater', ast\flags\BINARY_IS_GREATER_OR_EQUAL => 'greater_equal',
        ast\flags\BINARY_SPACESHIP => 'spaceship',
    ][$flags];
}

function cast(int $flags): string
{
    return [
        ast\flags\TYPE_NULL => 'to_null', ast\flags\TYPE_BOOL => 'to_bool', ast\flags\TYPE_LONG => 'to_int',
        ast\flags\TYPE_DOUBLE => 'to_float', ast\flags\TYPE_STRING => 'to_string', ast\flags\TYPE_ARRAY => 'to_array',
        ast\flags\TYPE_OBJECT => 'to_object',
    ][$flags];
}

function function_like(string $word, ast\Node $one, string $body): string
{
    $c = $one->children;
    $uses = array_map(
        fn ($use) => node('closure_use', $use->flags & ast\flags\CLOSURE_USE_REF ? '&' : null, text($use->children['name'])),
        $c['uses']?->children ?? []
    );
    return node(
        $word,
        ...($one->flags & ast\flags\FUNC_RETURNS_REF ? ['&'] : []),
        ...($one->flags & ast\flags\MODIFIER_STATIC ? ['static'] : []),
        ...[attributes($c['attributes']), parameters($c['params']), type($c['returnType']), $body],
        ...($word === 'closure' ? [node('list', ...$uses)] : []),
    );
}

// The text of a member's name, and its expression where it is computed.
function named(mixed $name): array
{
    return is_string($name) ? [text($name), '-'] : [null, spell($name)];
}

function spell(mixed $one): string
{
    if (!$one instanceof ast\Node) {
        return scalar($one);
    }
    $c = $one->children;
    switch ($one->kind) {
        case ast\AST_VAR:
            return is_string($c['name']) ? node('variable', text($c['name'])) : node('variable_variable', spell($c['name']));
        case ast\AST_ENCAPS_LIST:
            // An empty part stands where a heredoc ends.
            return node('template_string', ...array_map('spell', array_filter($c, fn ($part) => $part !== '')));
        case ast\AST_SHELL_EXEC:
            $inner = $c['expr'];
            $parts = $inner instanceof ast\Node && $inner->kind === ast\AST_ENCAPS_LIST ? $inner->children : ($inner === '' ? [] : [$inner]);
            return node('shell_command', ...array_map('spell', $parts));
        case ast\AST_ARRAY:
            return node('array_literal', $one->flags === ast\flags\ARRAY_SYNTAX_LIST ? 'list' : null, ...array_map('item', $c));
        case ast\AST_CONST:
            return node('constant', text(written($c['name'])));
        case ast\AST_MAGIC_CONST:
            return node('constant', text([
                ast\flags\MAGIC_LINE => '__LINE__', ast\flags\MAGIC_FILE => '__FILE__', ast\flags\MAGIC_DIR => '__DIR__',
                ast\flags\MAGIC_NAMESPACE => '__NAMESPACE__', ast\flags\MAGIC_FUNCTION => '__FUNCTION__',
                ast\flags\MAGIC_METHOD => '__METHOD__', ast\flags\MAGIC_CLASS => '__CLASS__', ast\flags\MAGIC_TRAIT => '__TRAIT__',
            ][$one->flags]));
        case ast\AST_NAME:
            return name($one);
        case ast\AST_CLASS_NAME:
            return node('class_constant', text('class'), name($c['class']), '-');
        case ast\AST_CLASS_CONST:
            return node('class_constant', text($c['const']), name($c['class']), '-');
        case ast\AST_PROP:
        case ast\AST_NULLSAFE_PROP:
            [$text, $expression] = named($c['prop']);
            return node('property', $one->kind === ast\AST_NULLSAFE_PROP ? '?->' : null, $text, spell($c['expr']), $expression);
        case ast\AST_STATIC_PROP:
            [$text, $expression] = named($c['prop']);
            return node('static_property', $text, name($c['class']), $expression);
        case ast\AST_DIM:
            return node('index', spell($c['expr']), spell($c['dim']));
        case ast\AST_CALL:
            return node('call', name($c['expr']), arguments($c['args']));
        case ast\AST_METHOD_CALL:
        case ast\AST_NULLSAFE_METHOD_CALL:
            [$text, $expression] = named($c['method']);
            return node('method_call', $one->kind === ast\AST_NULLSAFE_METHOD_CALL ? '?->' : null, $text, spell($c['expr']), arguments($c['args']), $expression);
        case ast\AST_STATIC_CALL:
            [$text, $expression] = named($c['method']);
            return node('static_call', $text, name($c['class']), arguments($c['args']), $expression);
        case ast\AST_NEW:
            return node('new_object', $c['class']->kind === ast\AST_CLASS ? class_like($c['class']) : name($c['class']), arguments($c['args']));
        case ast\AST_UNARY_OP:
            return node('unary', [
                ast\flags\UNARY_BOOL_NOT => 'logical_not', ast\flags\UNARY_BITWISE_NOT => 'bit_not',
                ast\flags\UNARY_MINUS => 'minus', ast\flags\UNARY_PLUS => 'plus', ast\flags\UNARY_SILENCE => 'silence',
            ][$one->flags], spell($c['expr']));
        case ast\AST_PRE_INC:
            return node('unary', 'pre_increment', spell($c['var']));
        case ast\AST_PRE_DEC:
            return node('unary', 'pre_decrement', spell($c['var']));
        case ast\AST_POST_INC:
            return node('unary', 'post_increment', spell($c['var']));
        case ast\AST_POST_DEC:
            return node('unary', 'post_decrement', spell($c['var']));
        case ast\AST_BINARY_OP:
            return node('binary', operator($one->flags), spell($c['left']), spell($c['right']));
        case ast\AST_INSTANCEOF:
            return node('binary', 'instance_of', spell($c['expr']), name($c['class']));
        case ast\AST_ASSIGN:
            return node('assignment', spell($c['var']), spell($c['expr']));
        case ast\AST_ASSIGN_REF:
            return node('assignment', '&', spell($c['var']), spell($c['expr']));
        case ast\AST_ASSIGN_OP:
            return node('assignment', operator($one->flags), spell($c['var']), spell($c['expr']));
        case ast\AST_CONDITIONAL:
            return node('ternary', spell($c['cond']), spell($c['true']), spell($c['false']));
        case ast\AST_CAST:
            return node('cast', cast($one->flags), spell($c['expr']));
        case ast\AST_ISSET:
            return node('isset', spell($c['var']));
        case ast\AST_EMPTY:
            return node('empty', spell($c['expr']));
        case ast\AST_INCLUDE_OR_EVAL:
            return $one->flags === ast\flags\EXEC_EVAL ? node('eval', spell($c['expr'])) : node('include', [
                ast\flags\EXEC_INCLUDE => 'include_file', ast\flags\EXEC_INCLUDE_ONCE => 'include_once',
                ast\flags\EXEC_REQUIRE => 'require_file', ast\flags\EXEC_REQUIRE_ONCE => 'require_once',
            ][$one->flags], spell($c['expr']));
        case ast\AST_PRINT:
            return node('print', spell($c['expr']));
        case ast\AST_EXIT:
            return node('exit', $c['expr'] === null ? '-' : node('arguments', node('argument', spell($c['expr']))));
        case ast\AST_CLONE:
            return node('clone', spell($c['expr']));
        case ast\AST_THROW:
            return node('throw_expression', spell($c['expr']));
        case ast\AST_YIELD:
            return node('yield', spell($c['key']), spell($c['value']));
        case ast\AST_YIELD_FROM:
            return node('yield_from', spell($c['expr']));
        case ast\AST_MATCH:
            return node('match', spell($c['cond']), ...array_map(fn ($arm) => node(
                'match_arm',
                node('list', ...array_map('spell', $arm->children['cond']?->children ?? [])),
                spell($arm->children['expr'])
            ), $c['stmts']->children));
        case ast\AST_CLOSURE:
            return function_like('closure', $one, block($c['stmts']));
        case ast\AST_ARROW_FUNC:
            return function_like('arrow_function', $one, spell(arrow_body($c['stmts'])));
    }
    return 'kind ' . ast\get_kind_name($one->kind);
}

// PHP keeps the body of `fn` as a return statement.
function arrow_body(ast\Node $body): mixed
{
    while ($body instanceof ast\Node && ($body->kind === ast\AST_STMT_LIST || $body->kind === ast\AST_RETURN)) {
        $body = $body->kind === ast\AST_RETURN ? $body->children['expr'] : $body->children[0];
    }
    return $body;
}

function item(?ast\Node $item): string
{
    if ($item === null) {
        return '-';
    }
    if ($item->kind === ast\AST_UNPACK) {
        return node('array_item', '...', '-', spell($item->children['expr']));
    }
    return node('array_item', $item->flags & ast\flags\ARRAY_ELEM_REF ? '&' : null, spell($item->children['key']), spell($item->children['value']));
}

error_reporting(0);
foreach (array_slice($argv, 1) as $file) {
    $code = file_get_contents($file);
    if (str_starts_with($code, '#!')) {
        $code = substr($code, strpos($code . "\n", "\n") + 1);
    }
    try {
        echo node('file', ...statements(ast\parse_code($code, VERSION))), "\n";
    } catch (ParseError | CompileError) {
        echo "refused\n";
    }
}
