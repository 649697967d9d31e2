<?php
// Answers `compare`, `range` and `agree` as Composer does, in the form of spell.cpp.
foreach (['Composer/Semver/autoload.php', 'Composer/autoload.php'] as $file) {
    if (stream_resolve_include_path($file) === false) {
        exit(77);
    }
    require_once $file;
}
error_reporting(E_ALL & ~E_DEPRECATED);

function answer(array $parts): string
{
    if ($parts[0] === 'agree') {
        $lock = json_decode(file_get_contents($parts[1]), true);
        $manifest = file_get_contents(dirname($parts[1]) . '/composer.json');
        return Composer\Package\Locker::getContentHash($manifest) === $lock['content-hash'] ? 'agrees' : 'differs';
    }
    [, , $a, $b] = $parts;
    if ($parts[0] === 'compare') {
        $strip = fn (string $version): string => preg_replace('/^v/i', '', $version);
        return ['<', '=', '>'][version_compare($strip($a), $strip($b)) + 1];
    }
    try {
        return Composer\Semver\Semver::satisfies($a, $b) ? 'in' : 'out';
    } catch (UnexpectedValueException) {
        return 'unknown';
    }
}

while (($line = fgets(STDIN)) !== false) {
    echo answer(explode("\t", rtrim($line, "\n"))), "\n";
}
