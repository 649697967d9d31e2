<?php
$name = env('APP_NAME', 'App');
$cfg = ['k' => ['n' => 5], 'o' => 'p'];
return [
    'banner' => <<<TXT
        Welcome to {$name}!
          $cfg[o] and {$cfg['k']['n']} and ${name}
        TXT,
    'raw' => <<<'RAW'
    $name stays \n
    RAW,
    'inline' => "Hi $name, {$cfg['o']} \$5 \x41\u{42}\103",
    'csp' => implode('; ', ["default-src 'self'", "img-src 'self' data: " . env('CDN', ''), 'x' => "script-src 'self'"]),
];
