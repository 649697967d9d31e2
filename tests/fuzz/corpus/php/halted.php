<?php
$a = 1;
__halt_compiler();
data ' " <?php {{{
