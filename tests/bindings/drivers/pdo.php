<?php
// PDO has no way to allow extensions before PHP 8.4, whose Pdo\Sqlite has loadExtension(): prints SQLite's message.
try {
    $db = new PDO('sqlite::memory:');
    $db->prepare('SELECT load_extension(?)')->execute([getenv('LARDER')]);
    echo 'it was loaded';
} catch (PDOException $error) {
    echo $error->getMessage();
}
