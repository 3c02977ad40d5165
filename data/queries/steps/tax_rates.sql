-- Grain of rated_shares: as shares, each with the rate at which it was taxed; zero where it was not. Grain of rated: one
-- row per different tax and amount without it, by country and currency, with the rate at which it
-- was taxed. That is a rate of the country when the tax is that rate of the amount, or what a price with that rate
-- holds of it, to the smallest unit of the currency: 100 × tax differs from rate × amount by at most half a unit ×
-- (100 + rate). Where none of the country's rates fits, as when a shop charges those of its own country, it is the one
-- known rate that does. Where several fit, the amounts are too small to tell: null. Where none fits, a line may have its
-- part of an order's tax, which is off by three times as much. Where none fits still, and in countries
-- whose rates are not listed, it is what the amounts make, to a tenth of a percent. Sources: data/tax_rates.py.
with tax_rates (country, rates) as (
    values
        {listed}
),
amounts as (
    select distinct currency, country, tax, taxable
    from shares
    where tax <> 0 and taxable > 0
),
fitting as (
    select
        a.*,
        cast(power(10, {decimals}) as integer) as units,
        list_filter(r.rates, lambda rate: 2 * units * abs(100 * a.tax - rate * a.taxable) <= 100 + rate) as own,
        list_filter({known}, lambda rate: 2 * units * abs(100 * a.tax - rate * a.taxable) <= 100 + rate) as known,
        list_filter(r.rates, lambda rate: 2 * units * abs(100 * a.tax - rate * a.taxable) <= 3 * (100 + rate)) as near,
        r.country is not null or a.country = '' as is_listed
    from amounts a
    left join tax_rates r on r.country = a.country
),
rated as (
    select
        currency,
        country,
        tax,
        taxable,
        cast(case
            when len(own) = 1 then own[1]
            when len(own) > 1 then null
            when is_listed and len(known) = 1 then known[1]
            when is_listed and len(known) > 1 then null
            when len(near) = 1 then near[1]
            when len(near) > 1 then null
            else round(100 * tax / taxable, 1)
        end as decimal(9, 1)) as rate
    from fitting
),
rated_shares as (
    select s.*, cast(if(s.tax = 0 or s.taxable <= 0, 0, r.rate) as decimal(9, 1)) as tax_rate
    from shares s
    left join rated r on r.currency = s.currency and r.country = s.country and r.tax = s.tax and r.taxable = s.taxable
)
