-- One line of JSON in place of wrk's own report.
done = function(summary, latency, requests)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  print(string.format('{"requests": %d, "per_second": %.0f, "p50": %.3f, "p95": %.3f, "p99": %.3f, "bad": %d}', summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, bad))
end
