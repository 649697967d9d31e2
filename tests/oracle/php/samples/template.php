<!doctype html>
<?php $title = 'x'; ?>
<title><?= $title ?></title>
<?php for ($i = 0; $i < 3; $i++): ?>
<p class="<?php echo $i ?>"><?= "a{$i}b" ?></p>
<?php endfor; switch ($i): ?>
<?php case 1: ?>
one
<?php endswitch ?>
