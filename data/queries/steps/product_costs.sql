-- Grain of costs: one row per product, currency and span of days in which one cost holds, from since_on to the day
-- before until_on (null: until now); decimals is how many the currency has.
costs as (
    select
        product_key,
        currency,
        unit_cost,
        coalesce(since_on, date '0001-01-01') as since_on,
        lead(since_on) over (partition by product_key, currency order by since_on nulls first) as until_on,
        {decimals} as decimals
    from product_costs
    where unit_cost is not null
)
