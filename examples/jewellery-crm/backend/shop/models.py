from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, unique=True)


class Piece(models.Model):
    number = models.CharField(max_length=40, unique=True)
    carats = models.DecimalField(max_digits=5, decimal_places=2)
    price = models.DecimalField(max_digits=10, decimal_places=2)


class Sale(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    piece = models.OneToOneField(Piece, on_delete=models.PROTECT)
    sold_at = models.DateTimeField(auto_now_add=True, db_index=True)
