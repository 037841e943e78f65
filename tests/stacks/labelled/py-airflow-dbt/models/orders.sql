select id, total from {{ ref('raw_orders') }}
