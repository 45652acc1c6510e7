-- rate_take: limit is too great for so long a period; count in larger units
SELECT rate_take('a', 9223372036854775807, '1s');
