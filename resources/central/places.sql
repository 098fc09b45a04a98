-- The figures by which places are shown side by side; `place` is a municipality or a unit.
SELECT place, period, freq, indicator, dim1, dim2,
  SUM(value) AS total,
  SUM(CASE WHEN value = 3 THEN 1 ELSE 0 END) AS threes,
  SUM(CASE WHEN value > 3 THEN 1 ELSE 0 END) AS larger,
  SUM(CASE WHEN value = 0 THEN 1 ELSE 0 END) AS zeros,
  SUM(CASE WHEN value IS NULL THEN 1 ELSE 0 END) AS withheld
FROM t
WHERE freq = 'M' AND indicator IN ('CL01', 'AR_A', 'AR_U')
GROUP BY place, period, freq, indicator, dim1, dim2
ORDER BY place, period, freq, indicator, dim1, dim2
