-- Every figure over all chosen units, with what its margin of error is counted from (indicators.md §10.4).
SELECT period, freq, indicator, dim1, dim2,
  SUM(value) AS total,
  SUM(CASE WHEN value = 3 THEN 1 ELSE 0 END) AS threes,
  SUM(CASE WHEN value > 3 THEN 1 ELSE 0 END) AS larger,
  SUM(CASE WHEN value = 0 THEN 1 ELSE 0 END) AS zeros,
  SUM(CASE WHEN value IS NULL THEN 1 ELSE 0 END) AS withheld
FROM t
GROUP BY period, freq, indicator, dim1, dim2
ORDER BY period, freq, indicator, dim1, dim2
