<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><title>500</title></head>
<body>
    <h1>حدث خطأ غير متوقع</h1>
    <p>نعمل على إصلاحه. Something went wrong; we have been told.</p>
</body>
</html>
