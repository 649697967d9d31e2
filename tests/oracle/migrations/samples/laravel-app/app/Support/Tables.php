<?php
namespace App\Support;
final class Tables
{
    const PREFIX = 'crm_';
    const CONTACTS = self::PREFIX . 'contacts';
    const NOTES = 'crm_notes';
}
