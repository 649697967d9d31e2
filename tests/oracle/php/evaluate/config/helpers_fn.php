<?php
if (! function_exists('env_list')) {
    function env_list(string $key, string $default = '', string $separator = ','): array
    {
        $value = env($key, $default);
        if ($value === null || $value === '') {
            return [];
        }
        return array_values(array_filter(array_map('trim', explode($separator, (string) $value)), static fn (string $one): bool => $one !== ''));
    }
}
$list = fn (string $key, array $default = []) => env($key) ? explode(',', env($key)) : $default;
return ['list' => env_list('LIST'), 'origins' => env_list('ORIGINS', 'a,b'), 'sep' => env_list('NOPE', 'a;b', ';'), 'arrow' => $list('LIST', ['d']), 'none' => $list('NOPE')];
