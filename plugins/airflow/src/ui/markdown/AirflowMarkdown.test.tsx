import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { AirflowMarkdown } from './AirflowMarkdown';

const elsewhere = 'https://elsewhere.example/p.png';

describe('Markdown of whoever writes DAGs', () => {
  it.each([
    `![orders](${elsewhere})`,
    `![orders][far]\n\n[far]: ${elsewhere}`,
    `<img alt="orders" src="${elsewhere}">`,
    `<img src="x" srcset="${elsewhere} 2x">`,
    `<picture><source srcset="${elsewhere}"><img src="${elsewhere}"></picture>`,
    `<video poster="${elsewhere}" src="${elsewhere}" autoplay></video>`,
    `<input type="image" src="${elsewhere}">`,
    `<svg><image href="${elsewhere}"/></svg>`,
    `<div style="background: url(${elsewhere})">orders</div>`,
    `<style>@import "${elsewhere}";</style>`,
    `<link rel="stylesheet" href="${elsewhere}">`,
    `<iframe src="${elsewhere}"></iframe>`,
    `<object data="${elsewhere}"></object>`,
    `<table background="${elsewhere}"><tr><td>orders</td></tr></table>`,
    '![orders](/api/airflow/clusters)',
    '![orders](//elsewhere.example/p.png)',
  ])('loads nothing for %s', async markdown => {
    const { container } = await renderInTestApp(
      <AirflowMarkdown content={`Words\n\n${markdown}\n\nMore words`} />,
    );
    expect(screen.getByText('More words')).toBeVisible();
    const attributes = [...container.querySelectorAll('*')].flatMap(element =>
      [...element.attributes].map(({ value }) => value),
    );
    expect(attributes.join('\n')).not.toMatch(/elsewhere|api\/airflow/);
    expect(container.querySelector('style')).toBeNull();
  });

  it('says what an image shows, whatever its words are', async () => {
    await renderInTestApp(
      <AirflowMarkdown content={`![a < b & "c"](${elsewhere})`} />,
    );
    const image = screen.getByAltText('a < b & "c"');
    expect(decodeURIComponent(image.getAttribute('src') ?? '')).toContain(
      '[a &lt; b &amp; "c": not loaded]',
    );
  });

  it('leads to other sites by links', async () => {
    await renderInTestApp(<AirflowMarkdown content={`[far](${elsewhere})`} />);
    expect(screen.getByRole('link', { name: /^far/ })).toHaveAttribute(
      'href',
      elsewhere,
    );
  });
});
