<?php
// Prints what phpdotenv makes of each text: a JSON list of base64 in, one JSON value a line out.
foreach (['Dotenv/autoload.php', 'vendor/autoload.php'] as $file) {
    if (stream_resolve_include_path($file)) {
        require $file;
        break;
    }
}
if (!class_exists('Dotenv\Dotenv')) {
    exit(77);
}
foreach (json_decode(stream_get_contents(STDIN)) as $text) {
    try {
        $values = Dotenv\Dotenv::parse(base64_decode($text));
        echo json_encode(['values' => (object) $values], JSON_INVALID_UTF8_SUBSTITUTE), "\n";
    } catch (Dotenv\Exception\InvalidFileException $error) {
        echo json_encode(['error' => true]), "\n";
    }
}
