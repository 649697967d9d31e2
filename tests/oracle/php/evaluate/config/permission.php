<?php
return [
    'models' => ['permission' => Spatie\Permission\Models\Permission::class, 'role' => Spatie\Permission\Models\Role::class],
    'table_names' => ['roles' => 'roles', 'model_has_roles' => 'model_has_roles'],
    'column_names' => ['role_pivot_key' => null, 'model_morph_key' => 'model_id', 'team_foreign_key' => 'team_id'],
    'register_permission_check_method' => true, 'teams' => false, 'display_permission_in_exception' => false,
    'cache' => ['expiration_time' => \DateInterval::createFromDateString('24 hours'), 'key' => 'spatie.permission.cache', 'store' => 'default'],
];
