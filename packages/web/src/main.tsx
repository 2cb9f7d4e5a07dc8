import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import './platform/tokens.css';
import './platform/controls.css';
import './platform/data.css';
import './platform/drawings.css';
import './platform/office.css';
import './platform/field.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
